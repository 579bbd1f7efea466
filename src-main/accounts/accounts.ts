// The accounts: what their files say, how they are doing, and keeping their tokens fresh.
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import { type Actor, byApp } from '../../src-shared/operation.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import type { AppEvents } from '../events/app-events.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { type Account, accountOf, providerName } from './account.ts';
import { accountDetails } from './account-details.ts';
import { type AccountState, enter, forgetFailure, leaveIfOver, newState, retrySoon } from './account-state.ts';
import { Refresher, type RefresherOptions } from './refresher.ts';
import { expiryOf, loginSecretOf } from './token-times.ts';
import { unsupportedFile } from './unsupported.ts';

export interface AccountsOptions extends RefresherOptions {
  readonly events: AppEvents;
}

/** What the gateway reports of a request. */
export interface Report {
  readonly ok: boolean;
  readonly status?: 'ready' | 'cooling' | 'error';
  readonly message?: string;
  /** Milliseconds since the epoch at which the status ends by itself. */
  readonly until?: number;
  /** Only a new sign-in helps. */
  readonly needsLogin?: boolean;
}

/** Milliseconds within which changes of counters and states are published together. */
const publishPauseMs = 200;

export class Accounts {
  readonly #options: AccountsOptions;
  readonly #states = new Map<string, AccountState>();
  readonly #changed: Emitter<readonly Account[]>;
  readonly #refresher: Refresher;
  readonly #stopFiles: Disposer;
  #list: readonly Account[] = [];
  #publishTimer: Disposer | undefined;

  /** Begins to refresh at once what is due. */
  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#changed = new Emitter((error) => options.log.error(`a listener to accounts failed: ${String(error)}`));
    this.#refresher = new Refresher(options, {
      accounts: () => this.#list,
      state: (name) => this.#state(name),
      changed: () => this.#changedSoon(),
      overlaid: () => this.#read(),
    });
    this.#read();
    this.#stopFiles = options.files.onChange(({ actor }) => {
      this.#read();
      this.#publish(actor);
    });
  }

  /** All files that are accounts, the disabled ones too. Tokens that could not be written yet are in them. */
  list(): readonly Account[] {
    return this.#list;
  }

  onChange(listener: (accounts: readonly Account[]) => void): Disposer {
    return this.#changed.on(listener);
  }

  /**
   * Gets new tokens for an account; calls for the same account share one request, and one that has just been
   * refreshed is not asked again. `rejected`: the access token that the provider does not take (`''`: there is none);
   * an account that has another one meanwhile is returned as it is.
   * Throws Problem `file_not_found` or `login_failed` with a sentence.
   */
  async refresh(name: string, rejected?: string): Promise<Account> {
    return this.#refresher.refresh(name, rejected);
  }

  /** Counts a request, and what it tells about the account. */
  report(name: string, { ok, status, message = '', until, needsLogin = false }: Report): void {
    if (!this.#states.has(name)) return;
    const state = this.#state(name);
    const now = this.#options.clock.now();
    state.lastUsed = now;
    state.requests.count(ok, now);
    // A request that went well does not undo a refresh that failed.
    if (status !== undefined && !(status === 'ready' && state.failures > 0)) {
      enter(state, status, now, message, until);
      state.trouble = state.isFinal || needsLogin ? 'login' : 'rejected';
    }
    if (until !== undefined) this.#refresher.checkDue();
    this.#changedSoon();
  }

  /**
   * Ends the cooldown of one account, or of all: they are used again at once. Refreshes that failed and are to be tried
   * again later are tried now, unless they have just been.
   */
  endCooldown(name: string | undefined, actor: Actor): void {
    const now = this.#options.clock.now();
    const cooling = [...this.#states].filter(
      ([each, { until }]) => (name === undefined || each === name) && until !== undefined,
    );
    for (const [, state] of cooling) enter(state, 'ready', now);
    for (const [each, state] of this.#states) if (name === undefined || each === name) retrySoon(state, now);
    if (cooling.length > 0) this.#publish(actor);
    this.#refresher.checkDue();
  }

  /** The rows of the list of account files, invalid files included, in the order of their names. */
  describe(): readonly AccountFile[] {
    return this.#options.files.all.map((file) => this.#row(file));
  }

  /** The same with the traffic of the last hours, which is too much for events that come several times a second. */
  describeWithTraffic(): readonly AccountFile[] {
    const now = this.#options.clock.now();
    return this.#options.files.all.map((file) => ({
      ...this.#row(file),
      ...this.#state(file.name).requests.counts(now),
    }));
  }

  /** Gives refreshes under way a moment to store what they got. */
  async close(): Promise<void> {
    this.#stopFiles();
    this.#publishTimer?.();
    await this.#refresher.close();
  }

  #state(name: string): AccountState {
    let state = this.#states.get(name);
    if (state === undefined) {
      state = newState();
      this.#states.set(name, state);
    }
    return state;
  }

  #read(): void {
    const { all } = this.#options.files;
    const names = new Set(all.map(({ name }) => name));
    for (const name of this.#states.keys()) if (!names.has(name)) this.#states.delete(name);
    for (const name of names) this.#state(name);
    this.#list = all.flatMap((file) => {
      const content = this.#refresher.withUnsaved(file.name, file.content);
      return accountOf({ ...file, content }) ?? [];
    });
    const now = this.#options.clock.now();
    for (const { name, content } of this.#list) {
      const state = this.#state(name);
      // A new login gives the account another token: what failed with the old one is over.
      const isOther = state.failedToken !== undefined && state.failedToken !== loginSecretOf(content);
      if (isOther) forgetFailure(state, now);
    }
    this.#changed.emit(this.#list);
    this.#refresher.checkDue();
  }

  #row(file: AuthFile): AccountFile {
    const state = this.#state(file.name);
    leaveIfOver(state, this.#options.clock.now());
    const account = accountOf(file);
    const disabled = file.content?.disabled === true;
    const isInvalid = file.content === undefined;
    const refreshing = this.#refresher.isRefreshing(file.name);
    const unsupported = unsupportedFile(file, this.#options.providers);
    const usual = disabled ? 'disabled' : isInvalid ? 'error' : refreshing ? 'refreshing' : state.status;
    const status = unsupported === undefined ? usual : 'unsupported';
    const message =
      unsupported?.message ??
      (isInvalid ? 'This file is not a JSON object, so it is no account.' : state.message || complaintOf(account));
    const provider = providerName(file.type) || 'unknown';
    return {
      name: file.name,
      size: file.size,
      modtime: rfc3339(file.modified.getTime()),
      type: file.type,
      email: file.email,
      id: file.name,
      provider,
      label: account?.label ?? (file.email || provider),
      status,
      status_message: status === 'disabled' ? '' : message,
      trouble: status !== 'error' ? '' : isInvalid ? 'invalid' : state.trouble,
      status_since: state.since === 0 ? '' : rfc3339(state.since),
      next_retry_after: disabled || isInvalid ? '' : timeOrNone(nextTry(state)),
      disabled,
      unavailable:
        disabled ||
        unsupported !== undefined ||
        account === undefined ||
        !isUsable(account, state, this.#options.clock.now()),
      ...state.requests.totals,
      last_used: state.lastUsed === undefined ? '' : rfc3339(state.lastUsed),
      ...accountDetails(file),
    };
  }

  #publish(actor: Actor): void {
    this.#publishTimer?.();
    this.#publishTimer = undefined;
    this.#options.events.publish('accounts', { files: this.describe() }, actor);
  }

  #changedSoon(): void {
    this.#publishTimer ??= this.#options.clock.after(publishPauseMs, () => this.#publish(byApp));
  }
}

/** When a status that ends by itself is over; with an unreachable provider, when it is asked again. */
function nextTry({ status, trouble, until, nextTry: next }: AccountState): number | undefined {
  return until ?? (status === 'error' && trouble !== 'login' && next > 0 ? next : undefined);
}

const complaintOf = (account: Account | undefined) => account?.options.complaint ?? '';

const timeOrNone = (time: number | undefined) => (time === undefined ? '' : rfc3339(time));

/** A token that could not be refreshed serves until its end, unless the provider has taken it back. */
function isUsable({ content }: Account, state: AccountState, now: number): boolean {
  if (state.status !== 'error') return state.status === 'ready';
  return state.until === undefined && !state.isFinal && (expiryOf(content) ?? 0) > now;
}
