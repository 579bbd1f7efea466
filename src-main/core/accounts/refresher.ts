// Refreshing tokens: when they are due, one request per account at a time, and nothing lost when it fails.
import { Problem } from '../../../src-shared/problem.ts';
import type { AuthFiles } from '../auth-files.ts';
import type { Clock, Disposer } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { providerOfType } from '../login/providers.ts';
import { type Dispatchers, proxyLabel } from '../network/dispatchers.ts';
import { ProviderError } from '../network/provider-error.ts';
import type { Fields } from '../network/provider-request.ts';
import { pause } from '../pause.ts';
import { type Account, accountOf } from './account.ts';
import { type AccountState, enter, forgetFailure, leaveIfOver } from './account-state.ts';
import { LONGEST_PAUSE, refreshDue, retryPause } from './refresh-due.ts';
import { refreshTokenOf } from './token-times.ts';
import { TokenWriter } from './token-writer.ts';

/** The longest the schedule sleeps: timers stand still while a computer sleeps, and its clock may be set. */
const LONGEST_SLEEP = 60_000;
/** Milliseconds between two refreshes of one account, whatever the file says. */
const SPACING = 60_000;
/** Within so many milliseconds after a refresh its tokens count as new for everybody who asks. */
const FRESH = 10_000;
/** Milliseconds between two tries on request after a failure. */
const RETRY_SPACING = 5_000;
const MOST_AT_ONCE = 8;
/** Milliseconds that closing waits for answers under way: a rotated token that is not stored is lost. */
const CLOSING_PATIENCE = 2_000;

export interface RefresherOptions {
  readonly files: AuthFiles;
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The account list this works on. */
export interface AccountTable {
  readonly accounts: () => readonly Account[];
  readonly state: (name: string) => AccountState;
  /** Told when a state has changed. */
  readonly changed: () => void;
  /** Told when {@link Refresher.withUnsaved} answers something new. */
  readonly overlaid: () => void;
}

export class Refresher {
  readonly #options: RefresherOptions;
  readonly #table: AccountTable;
  readonly #running = new Map<string, Promise<Account>>();
  readonly #writer: TokenWriter;
  readonly #stop = new AbortController();
  #timer: Disposer = () => {};
  #closed = false;

  constructor(options: RefresherOptions, table: AccountTable) {
    this.#options = options;
    this.#table = table;
    this.#writer = new TokenWriter(options.files, table.overlaid);
  }

  isRefreshing(name: string): boolean {
    return this.#running.has(name);
  }

  /** The file's content with tokens that could not be written to it yet. */
  withUnsaved(name: string, content: Fields | undefined): Fields | undefined {
    return this.#writer.withUnsaved(name, content);
  }

  /** Starts what is due, and sets the timer for what is due next. */
  look(): void {
    if (this.#closed) return;
    const now = this.#options.clock.now();
    let next = now + LONGEST_SLEEP;
    for (const account of this.#table.accounts()) {
      const state = this.#table.state(account.name);
      if (leaveIfOver(state, now)) this.#table.changed();
      if (state.until !== undefined) next = Math.min(next, state.until);
      const due = this.#dueAt(account, state, now);
      const isBusy = this.#running.has(account.name) || this.#runningCopy(account) !== undefined;
      if (due === undefined || isBusy) continue;
      if (due > now) next = Math.min(next, due);
      else if (this.#running.size < MOST_AT_ONCE) this.#start(account.name).catch(() => {});
    }
    this.#timer();
    this.#timer = this.#options.clock.after(Math.max(next - now, 1), () => this.look());
  }

  /** See {@link Accounts.refresh}. */
  async refresh(name: string): Promise<Account> {
    const running = this.#running.get(name);
    if (running !== undefined) return running;
    const account = this.#accountNamed(name);
    const copy = this.#runningCopy(account);
    if (copy !== undefined) {
      await copy;
      return this.#accountNamed(name);
    }
    const state = this.#table.state(name);
    const now = this.#options.clock.now();
    if (isWithin(state.refreshedAt, now, FRESH)) return account;
    if (state.isFinal || (state.failures > 0 && isWithin(state.triedAt, now, RETRY_SPACING))) {
      throw new Problem('login_failed', state.message || 'This account needs a new login.');
    }
    return this.#start(name);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer();
    const all = Promise.allSettled(this.#running.values());
    const { promise, resolve } = Promise.withResolvers<void>();
    const enough = this.#options.clock.after(CLOSING_PATIENCE, resolve);
    await Promise.race([all, promise]);
    enough();
    this.#stop.abort(new Problem('unavailable'));
    await all;
  }

  /** When to refresh, or write what could not be written, by the schedule; `undefined`: not by itself. */
  #dueAt({ name, content }: Account, state: AccountState, now: number): number | undefined {
    const due = this.#writer.isWaiting(name) ? now : refreshDue(content);
    if (due === undefined || state.isFinal) return undefined;
    // A clock that was set back must not put the next try off for years.
    if (state.nextTry > now + LONGEST_PAUSE) state.nextTry = now;
    return Math.max(due, state.nextTry);
  }

  #start(name: string): Promise<Account> {
    const work = this.#refresh(name).finally(() => {
      this.#running.delete(name);
      this.#table.changed();
      this.look();
    });
    this.#running.set(name, work);
    this.#table.changed();
    return work;
  }

  async #refresh(name: string): Promise<Account> {
    const state = this.#table.state(name);
    const { clock, log } = this.#options;
    state.triedAt = clock.now();
    // Set before the first await, so that the schedule leaves the account alone meanwhile.
    state.nextTry = state.triedAt + SPACING;
    try {
      await this.#renew(name);
      const now = clock.now();
      forgetFailure(state, now);
      state.refreshedAt = now;
      state.nextTry = now + SPACING;
      log.info(`the tokens of ${name} are refreshed`);
      return this.#accountNamed(name);
    } catch (error) {
      throw this.#failed(name, state, error);
    }
  }

  /** Asks the provider with the token that is on disk now, and stores what it answers. */
  async #renew(name: string): Promise<void> {
    const { files, clock } = this.#options;
    if (await this.#writer.writeWaiting(name)) return;
    const file = await files.read(name);
    if (file.content === undefined) throw new Problem('invalid_auth_file');
    let content: Fields = file.content;
    const provider = providerOfType(accountOf({ name, content })?.provider ?? '');
    if (provider === undefined || refreshTokenOf(content) === '') {
      throw new Problem('login_failed', 'This account has no refresh token. Log in again.');
    }
    const { dispatcher, proxy } = this.#way(content);
    const call = {
      dispatcher,
      proxy,
      clock,
      signal: this.#stop.signal,
      secrets: [refreshTokenOf(content)],
      uniqueTime: () => clock.now(),
      pause: (ms: number) => pause(clock, this.#stop.signal, ms),
    };
    for await (const fields of provider.refresh(content, call)) {
      const replaced = refreshTokenOf(content);
      const copies = this.#copiesOf({ name, content }).map((copy) => copy.name);
      await this.#writer.write(name, copies, fields, replaced);
      content = { ...content, ...fields };
    }
  }

  #way(content: Fields) {
    const own = typeof content.proxy_url === 'string' ? content.proxy_url.trim() : '';
    const address = own || this.#options.proxyUrl();
    return { dispatcher: this.#options.dispatchers.for(address), proxy: proxyLabel(address) };
  }

  #failed(name: string, state: AccountState, error: unknown): Problem {
    const { clock, log } = this.#options;
    if (error instanceof Problem && (error.code === 'file_not_found' || error.code === 'unavailable')) return error;
    state.failures += 1;
    const known = error instanceof ProviderError || error instanceof Problem;
    const message = known ? error.message : new Problem('internal').message;
    const now = clock.now();
    state.isFinal = error instanceof ProviderError && error.isFinal;
    state.failedToken = refreshTokenOf(this.#accountNamed(name).content);
    const asked = error instanceof ProviderError ? error.retryAfter : undefined;
    state.nextTry = now + retryPause(state.failures, asked, Math.random());
    enter(state, 'error', now, message);
    log.warning(`refreshing ${name} failed: ${known ? message : (error as Error).name}`);
    return error instanceof Problem ? error : new Problem('login_failed', message, { cause: error });
  }

  /** Other files with the same refresh token. To send it twice would look like theft and end both. */
  #copiesOf({ name, content }: Pick<Account, 'name' | 'content'>): readonly Account[] {
    const token = refreshTokenOf(content);
    if (token === '') return [];
    return this.#table.accounts().filter((each) => each.name !== name && refreshTokenOf(each.content) === token);
  }

  #runningCopy(account: Account): Promise<Account> | undefined {
    if (this.#running.size === 0) return undefined;
    const copy = this.#copiesOf(account).find(({ name }) => this.#running.has(name));
    return copy && this.#running.get(copy.name);
  }

  /** Throws Problem `file_not_found`. */
  #accountNamed(name: string): Account {
    const account = this.#table.accounts().find((each) => each.name === name);
    if (account === undefined) throw new Problem('file_not_found');
    return account;
  }
}

/** Whether a moment lies at most `ms` back; one in the future, as after the clock was set, does not. */
function isWithin(moment: number | undefined, now: number, ms: number): boolean {
  return moment !== undefined && moment <= now && now - moment < ms;
}
