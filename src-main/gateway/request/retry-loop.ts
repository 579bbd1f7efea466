// Asks one candidate after the other until one answers, in rounds.
import type { Clock } from '../../lib/time/clock.ts';
import { delay } from '../../lib/time/delay.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { classify } from '../routing/classify.ts';
import type { Candidate } from '../routing/credential.ts';

/** How one attempt ended. `answered`: the client has its response, complete or broken off. */
export type AttemptResult = { readonly answered: true } | { readonly answered: false; readonly error: AttemptError };

export interface RetryOptions {
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[];
  /** Further rounds after the first. */
  readonly retries: number;
  /** Between rounds. */
  readonly maxDelayMs: number;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Ends the delay. */
  readonly signal: AbortSignal;
  readonly attempt: (candidate: Candidate) => Promise<AttemptResult>;
  /** Makes a new access token; whether it could. */
  readonly refresh: (candidate: Candidate) => Promise<boolean>;
  readonly onAttemptError: (candidate: Candidate, error: AttemptError) => void;
  /** Which candidates come after an error, of those that are left in the round. */
  readonly after?: (candidate: Candidate, error: AttemptError, left: readonly Candidate[]) => readonly Candidate[];
}

const firstDelayMs = 250;

/** Undefined when a client got its response (or left), else the error to report. */
export async function retryUntilAnswered(options: RetryOptions): Promise<AttemptError | undefined> {
  const { retries, maxDelayMs, clock, random, signal } = options;
  for (let round = 0; ; round++) {
    const outcome = await runRound(options);
    if (outcome === 'answered' || signal.aborted) return undefined;
    const { errors, stopped } = outcome;
    const error = errorToReport(errors);
    if (stopped || round >= retries || !errors.some((one) => classify(one).again)) return error;
    const askedMs = shortestAskedMs(errors);
    if (askedMs !== undefined && askedMs > maxDelayMs) return asQuotaError(error, askedMs);
    const jitter = 1 + (random() * 2 - 1) * 0.1;
    const backoffMs = Math.min(firstDelayMs * 2 ** round, Math.max(maxDelayMs, firstDelayMs)) * jitter;
    try {
      await delay(clock, signal, Math.max(askedMs ?? 0, backoffMs));
    } catch (thrown) {
      if (signal.aborted) return undefined;
      throw thrown;
    }
  }
}

interface Round {
  readonly errors: readonly AttemptError[];
  readonly stopped: boolean;
}

async function runRound(options: RetryOptions): Promise<'answered' | Round> {
  const errors: AttemptError[] = [];
  let left = options.candidates;
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const candidate: Candidate = next;
    left = left.slice(1);
    const result = await attemptWithRefresh(options, candidate);
    if (result.answered) return 'answered';
    if (options.signal.aborted) return 'answered';
    const { error } = result;
    errors.push(error);
    options.onAttemptError(candidate, error);
    if (classify(error).next === 'stop') return { errors, stopped: true };
    left = options.after?.(candidate, error, left) ?? left;
  }
  return { errors, stopped: false };
}

/** After a 401 an account gets a new token and one more chance. */
async function attemptWithRefresh(options: RetryOptions, candidate: Candidate): Promise<AttemptResult> {
  const result = await options.attempt(candidate);
  if (result.answered || candidate.credential.account === undefined) return result;
  const { refresh } = classify(result.error);
  if (!refresh || options.signal.aborted || !(await options.refresh(candidate))) return result;
  return options.attempt(candidate);
}

const isRejected = ({ status }: AttemptError) => status === 401 || status === 402 || status === 403;

/** The last error, but rather one that is not about our own keys. */
function errorToReport(errors: readonly AttemptError[]): AttemptError {
  const error = errors.findLast((one) => !isRejected(one)) ?? errors.at(-1);
  if (error === undefined) throw new Error('a round without candidates has no error to report');
  return error;
}

/** Until the first of the upstreams wants to be asked again, if all of them said so. */
function shortestAskedMs(errors: readonly AttemptError[]): number | undefined {
  const again = errors.filter((error) => classify(error).again);
  if (again.some(({ retryAfter }) => retryAfter === undefined)) return undefined;
  return Math.min(...again.map(({ retryAfter }) => (retryAfter ?? 0) * 1_000));
}

/** For a client that would have to wait longer than it is kept waiting here. */
function asQuotaError(error: AttemptError, askedMs: number): AttemptError {
  if (error.status === 429) return error;
  const { body: _, bodyFamily: __, ...kept } = error;
  return { ...kept, status: 429, retryAfter: Math.ceil(askedMs / 1_000) };
}
