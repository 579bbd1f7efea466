// What happens to one account at run time: its state, its counters and its refresh.
import { Problem } from '../../src-shared/problem.ts';
import { RequestCounter } from '../lib/request-counter.ts';
import { ProviderError } from '../net/provider-error.ts';
import type { Account } from './account.ts';
import { retrySpacingMs } from './refresh-due.ts';

/** Changed only by the parts of this folder. Times are milliseconds since the epoch. */
export interface AccountState {
  status: 'ready' | 'cooling' | 'error';
  message: string;
  /** What is behind the status `error`. */
  trouble: 'login' | 'unreachable' | 'rejected';
  /** When the status began. */
  since: number;
  /** When it ends by itself. */
  until: number | undefined;
  readonly requests: RequestCounter;
  lastUsed: number | undefined;
  /** Refreshes that failed in a row. */
  failures: number;
  refreshedAt: number | undefined;
  triedAt: number | undefined;
  nextTry: number;
  /** The refresh token, or what else the login gave, with which the last refresh failed. */
  failedToken: string | undefined;
  /** Whether the provider will never take that token again. */
  isFinal: boolean;
}

/** The account list this works on. */
export interface AccountTable {
  readonly accounts: () => readonly Account[];
  readonly state: (name: string) => AccountState;
  /** Called when a state has changed. */
  readonly changed: () => void;
  /** Called when {@link Refresher.withUnsaved} returns something new. */
  readonly overlaid: () => void;
}

export function newState(): AccountState {
  return {
    status: 'ready',
    message: '',
    trouble: 'rejected',
    since: 0,
    until: undefined,
    requests: new RequestCounter(),
    lastUsed: undefined,
    failures: 0,
    refreshedAt: undefined,
    triedAt: undefined,
    nextTry: 0,
    failedToken: undefined,
    isFinal: false,
  };
}

/** Enters a status, or renews it; whether anything changed that people see. */
export function enter(state: AccountState, status: AccountState['status'], now: number, message = '', until?: number) {
  const changed = state.status !== status || state.message !== message;
  if (changed) state.since = now;
  state.status = status;
  state.message = message;
  state.until = until;
  return changed;
}

/** Ends a status whose time has come; whether it did. */
export function leaveIfOver(state: AccountState, now: number): boolean {
  if (state.until === undefined || state.until > now) return false;
  return enter(state, 'ready', now);
}

/** Brings the next try of a refresh that failed forward, as soon as tries may follow each other. */
export function retrySoon(state: AccountState, now: number): void {
  if (state.failures === 0 || state.isFinal) return;
  state.nextTry = Math.min(state.nextTry, Math.max(now, (state.triedAt ?? 0) + retrySpacingMs));
}

/** Forgets that refreshing failed; whether anything changed that people see. */
export function forgetFailure(state: AccountState, now: number): boolean {
  state.failures = 0;
  state.failedToken = undefined;
  state.isFinal = false;
  state.nextTry = 0;
  return state.status === 'error' && enter(state, 'ready', now);
}

/** Only what the provider rejected for good, or the lack of a refresh token, needs a person. */
export function troubleOf(error: unknown): AccountState['trouble'] {
  if (error instanceof ProviderError) return error.isFinal ? 'login' : error.isPassing ? 'unreachable' : 'rejected';
  if (!(error instanceof Problem)) return 'unreachable';
  if (error.code === 'client_id_missing') return 'rejected';
  return error.code === 'login_failed' ? 'login' : 'unreachable';
}
