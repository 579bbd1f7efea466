// Refreshing tokens: when they are due, one request per account at a time, and nothing lost when it fails.
import { Problem, type ProblemCode } from '../../src-shared/problem.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { waitAtMost } from '../lib/time/delay.ts';
import { ProviderError } from '../net/provider-error.ts';
import type { Fields } from '../net/provider-request.ts';
import { withEnded } from '../providers/oauth/with-ended.ts';
import type { Account } from './account.ts';
import { type AccountState, type AccountTable, enter, forgetFailure, leaveIfOver, troubleOf } from './account-state.ts';
import { type ProviderCallOptions, ProviderCalls } from './provider-calls.ts';
import { freshMs, isWithin, maxPauseMs, refreshDue, retryPause, retrySpacingMs } from './refresh-due.ts';
import { DirectoryRefreshLock, type RefreshLock } from './refresh-lock.ts';
import { TokenRenewal } from './token-renewal.ts';
import { accessTokenOf, loginSecretOf, refreshTokenOf } from './token-times.ts';
import { TokenWriter } from './token-writer.ts';

/** Milliseconds between two checks: timers stand still while a computer sleeps, and its clock may be set. */
const maxSleepMs = 60_000;
/** Milliseconds between two refreshes of one account, whatever the file says. */
const spacingMs = 60_000;
const maxAtOnce = 8;
/** Milliseconds that closing waits for refreshes under way: a rotated token that is not stored is lost. */
const closeTimeoutMs = 2_000;

/** Of errors that say nothing of the account. */
const saysNothing: readonly ProblemCode[] = ['file_not_found', 'unavailable', 'database_away'];

export interface RefresherOptions extends ProviderCallOptions {
  readonly files: AuthFiles;
  readonly log: Logger;
  /** Default: between programs on the directory of the files. */
  readonly refreshLock?: RefreshLock | undefined;
  /** Told how each refresh ended; `provider` is its id. */
  readonly onRefresh?: (provider: string, outcome: RefreshOutcome) => void;
}

/** `refused`: for good, only a new sign-in helps; `by_other`: another program or a login had put new tokens there. */
export type RefreshOutcome = 'ok' | 'refused' | 'failed' | 'by_other';

export class Refresher {
  readonly #options: RefresherOptions;
  readonly #table: AccountTable;
  /** By name of the file; copies of a file stand for the same work. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #calls: ProviderCalls;
  readonly #writer: TokenWriter;
  readonly #lock: RefreshLock;
  readonly #stop = new AbortController();
  #timer: Disposer = () => {};
  #closed = false;

  constructor(options: RefresherOptions, table: AccountTable) {
    this.#options = options;
    this.#table = table;
    this.#calls = new ProviderCalls(options);
    const secret = (content: Fields) => this.#calls.secretOf(content);
    this.#lock = options.refreshLock ?? new DirectoryRefreshLock(() => options.files.directory);
    this.#writer = new TokenWriter(options.files, secret, table.overlaid);
  }

  isRefreshing(name: string): boolean {
    return this.#running.has(name);
  }

  /** The file's content with tokens that could not be written to it yet. */
  withUnsaved(name: string, content: Fields | undefined): Fields | undefined {
    return this.#writer.withUnsaved(name, content);
  }

  /** Starts what is due, and sets the timer for what is due next. */
  checkDue(): void {
    if (this.#closed) return;
    const now = this.#options.clock.now();
    let next = now + maxSleepMs;
    for (const account of this.#table.accounts()) {
      const state = this.#table.state(account.name);
      if (leaveIfOver(state, now)) this.#table.changed();
      if (state.until !== undefined) next = Math.min(next, state.until);
      const due = this.#dueAt(account, state, now);
      if (due === undefined || this.#running.has(account.name)) continue;
      if (due > now) next = Math.min(next, due);
      else if (this.#running.size < maxAtOnce) this.#start(account).catch(() => {});
    }
    this.#timer();
    this.#timer = this.#options.clock.after(Math.max(next - now, 1), () => this.checkDue());
  }

  /** See {@link Accounts.refresh}. */
  async refresh(name: string, rejected?: string): Promise<Account> {
    const running = this.#running.get(name);
    if (running !== undefined) {
      await running;
      return this.#find(name);
    }
    const account = this.#find(name);
    const state = this.#table.state(name);
    const now = this.#options.clock.now();
    const token = accessTokenOf(account.content);
    if (rejected !== undefined && token !== '' && token !== rejected) return account;
    // Tokens that are minted at will may be taken back at once, as when the clocks differ.
    const isMinted = this.#calls.refreshOf(account.content)?.inMemory === true && token !== '';
    const isFresh = isWithin(state.refreshedAt, now, freshMs);
    if (isFresh && !(isMinted && rejected !== undefined)) return account;
    if (state.isFinal || (state.failures > 0 && isWithin(state.triedAt, now, retrySpacingMs))) {
      throw new Problem('login_failed', state.message || 'This account needs a new login.');
    }
    await this.#start(account);
    return this.#find(name);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer();
    const all = Promise.allSettled(this.#running.values());
    await waitAtMost(closeTimeoutMs, all, this.#options.clock);
    this.#stop.abort(new Problem('unavailable'));
    await all;
  }

  /** When to refresh, or write what could not be written, by the schedule; `undefined`: not by itself. */
  #dueAt({ name, content }: Account, state: AccountState, now: number): number | undefined {
    const due = this.#writer.isWaiting(name) ? now : refreshDue(content, this.#calls.refreshOf(content));
    if (due === undefined || state.isFinal) return undefined;
    // A clock that was set back must not put the next try off for years.
    if (state.nextTry > now + maxPauseMs) state.nextTry = now;
    return Math.max(due, state.nextTry);
  }

  #start(account: Account): Promise<void> {
    const names = [account.name, ...this.#copiesOf(account)] as const;
    const work = this.#refresh(names).finally(() => {
      for (const name of names) this.#running.delete(name);
      this.#table.changed();
      this.checkDue();
    });
    for (const name of names) this.#running.set(name, work);
    this.#table.changed();
    return work;
  }

  /** Refreshes the first file, and what comes of it is stored in all of them. */
  async #refresh(names: readonly [string, ...string[]]): Promise<void> {
    const states = names.map((name) => this.#table.state(name));
    const { clock, log } = this.#options;
    const began = clock.now();
    // Set before the first await, so that the schedule leaves the accounts alone meanwhile.
    for (const state of states) {
      state.triedAt = began;
      state.nextTry = began + spacingMs;
    }
    const [name, ...copies] = names;
    const renewal = this.#newRenewal();
    const account = this.#find(name);
    const tell = (outcome: RefreshOutcome) => this.#options.onRefresh?.(account.provider, outcome);
    try {
      tell(await renewal.run(name, copies, account.content));
      this.#succeeded(names);
      log.info(`the tokens of ${names.join(', ')} are refreshed`);
    } catch (error) {
      const failed = await this.#stillWith(renewal.sent, names);
      this.#succeeded(names.filter((each) => !failed.includes(each)));
      const isFinal = error instanceof ProviderError && error.isFinal;
      tell(failed.length === 0 ? 'by_other' : isFinal ? 'refused' : 'failed');
      if (failed.length === 0) log.info(`${names.join(', ')}: new tokens came while old ones were being refreshed`);
      else throw this.#failed(failed, error);
    }
  }

  #succeeded(names: readonly string[]): void {
    const now = this.#options.clock.now();
    for (const state of names.map((name) => this.#table.state(name))) {
      forgetFailure(state, now);
      state.refreshedAt = now;
      state.nextTry = now + spacingMs;
    }
  }

  /** Those of the files that have the token with which a refresh failed; to the others, its failure means nothing. */
  async #stillWith(sent: string | undefined, names: readonly string[]): Promise<readonly string[]> {
    const still = await Promise.all(
      names.map(async (name) => {
        if (sent === undefined || this.#writer.isWaiting(name)) return true;
        const file = await this.#options.files.read(name).catch(() => undefined);
        return file?.content === undefined || refreshTokenOf(file.content) === sent;
      }),
    );
    return names.filter((_, index) => still[index]);
  }

  #newRenewal(): TokenRenewal {
    const { files, clock } = this.#options;
    const { signal } = this.#stop;
    return new TokenRenewal({
      files,
      lock: this.#lock,
      writer: this.#writer,
      refreshOf: (content) => this.#calls.refreshOf(content),
      call: (content, secret) => this.#calls.callFor(content, secret, signal),
      now: () => clock.now(),
      signal,
    });
  }

  #failed(names: readonly string[], error: unknown): Problem {
    const { clock, log } = this.#options;
    if (error instanceof Problem && saysNothing.includes(error.code)) return error;
    const known = error instanceof ProviderError || error instanceof Problem;
    const failed = this.#table.accounts().filter((each) => names.includes(each.name));
    const provider = failed[0] && this.#calls.providerOf(failed[0].content);
    const explained = provider === undefined || !known ? error : withEnded(provider, error);
    const message = known ? (explained as Error).message : new Problem('internal').message;
    const asked = error instanceof ProviderError ? error.retryAfter : undefined;
    const now = clock.now();
    for (const { name, content } of failed) {
      const state = this.#table.state(name);
      state.failures += 1;
      state.isFinal = error instanceof ProviderError && error.isFinal;
      state.failedToken = loginSecretOf(content);
      state.nextTry = now + retryPause(state.failures, asked, Math.random());
      enter(state, 'error', now, message);
      state.trouble = troubleOf(error);
    }
    log.warning(`refreshing ${names.join(', ')} failed: ${known ? message : (error as Error).name}`);
    return error instanceof Problem ? error : new Problem('login_failed', message, { cause: error });
  }

  /** Other files with the same refresh token. To send it twice would look like theft and end both. */
  #copiesOf({ name, content }: Account): readonly string[] {
    const token = refreshTokenOf(content);
    return this.#table
      .accounts()
      .filter((each) => each.name !== name && token !== '' && refreshTokenOf(each.content) === token)
      .map((each) => each.name);
  }

  /** Throws Problem `file_not_found`. */
  #find(name: string): Account {
    const account = this.#table.accounts().find((each) => each.name === name);
    if (account === undefined) throw new Problem('file_not_found');
    return account;
  }
}
