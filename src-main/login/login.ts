// One login from its start to its end: waiting, exchanging, enriching, then done, failed or cancelled.
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, tidy } from '../net/provider-request.ts';
import { withEnded } from '../providers/oauth/with-ended.ts';
import type {
  CodeSignIn,
  DeviceSignIn,
  DeviceStart,
  FinishDevice,
  Grant,
  NewAccount,
  Provider,
  ProviderCall,
} from '../providers/provider.ts';
import type { Callback } from './callback-input.ts';
import type { AccountSaver } from './save-account.ts';

export type Step = 'waiting' | 'exchanging' | 'enriching' | 'done' | 'failed' | 'cancelled';

/** Milliseconds for everything after the callback, onboarding of a Google project included. */
const finishLimitMs = 120_000;
/** RFC 8628 section 3.5: what `slow_down` adds to the interval, in milliseconds. */
const slowDownMs = 5_000;
/** A provider that cannot be reached is asked more and more rarely, but not more rarely than this. Milliseconds. */
const maxPollPauseMs = 30_000;
const maxDoublings = 10;

export interface LoginOptions {
  readonly state: string;
  readonly provider: Provider;
  readonly url: string;
  /** Everything but signal and secrets, which are the login's own. */
  readonly call: Omit<ProviderCall, 'signal' | 'secrets' | 'pause'> & {
    readonly pause: (signal: AbortSignal, ms: number) => Promise<void>;
  };
  readonly saver: AccountSaver;
  /** Members the person chose for the account file. */
  readonly extra: Fields;
  readonly actor: Actor;
  readonly log: Logger;
  /** Called after every change of step. */
  readonly changed: (login: Login) => void;
}

/** The account that a login ended with: what people call it, and its file. */
export interface SavedAccount {
  readonly account: string;
  readonly file: string;
}

export class Login {
  readonly state: string;
  readonly provider: Provider;
  /** The page to open. */
  readonly url: string;
  readonly actor: Actor;
  /** Resolves when the login has ended, however. */
  readonly settled: Promise<void>;
  readonly #options: LoginOptions;
  readonly #stop = new AbortController();
  readonly #resolve: () => void;
  #step: Step = 'waiting';
  #error: string | undefined;
  #saved: SavedAccount | undefined;
  #settledAt: number | undefined;
  #isAnswered = false;
  #limit: Disposer = () => {};
  #closePort: Disposer = () => {};
  #secrets: readonly string[];

  constructor(options: LoginOptions) {
    this.state = options.state;
    this.provider = options.provider;
    this.url = options.url;
    this.actor = options.actor;
    this.#options = options;
    this.#secrets = [options.state];
    const { promise, resolve } = Promise.withResolvers<void>();
    this.settled = promise;
    this.#resolve = resolve;
  }

  /** What people call the provider. */
  get title(): string {
    return this.provider.row.title;
  }

  get step(): Step {
    return this.#step;
  }

  /** Why it failed, in a sentence. */
  get error(): string | undefined {
    return this.#error;
  }

  /** Once it is done. */
  get saved(): SavedAccount | undefined {
    return this.#saved;
  }

  /** Milliseconds since the epoch; `undefined` while it is under way. */
  get settledAt(): number | undefined {
    return this.#settledAt;
  }

  /** Whether the provider's callback came in time. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Waits for {@link finishWith} and keeps the callback port open meanwhile. */
  waitForCallback(ms: number, closePort: Disposer): void {
    this.#closePort = closePort;
    this.#limitTo(ms, 'Nobody finished the sign-in in time. Start the login again.');
    this.#options.changed(this);
  }

  /** Goes on with what the browser brought. Only while waiting, and only once: the caller checks {@link step}. */
  finishWith(signIn: CodeSignIn, grant: Omit<Grant, 'code' | 'state'>, { code, error, description }: Callback): void {
    this.#isAnswered = true;
    if (error !== '') {
      this.#settle('failed', deniedSentence(error, description));
    } else if (code.trim() === '') {
      this.#settle('failed', `${this.title} sent no code back. Start the login again.`);
    } else {
      this.#secrets = [this.state, code, grant.verifier];
      this.#beginFinish();
      this.#finish(signIn.exchange({ ...grant, code, state: this.state }, this.#call(), this.#enriching));
    }
  }

  /** Polls the provider until the person has decided. */
  waitForDevice(signIn: DeviceSignIn, start: DeviceStart): void {
    this.#secrets = [this.state, start.deviceCode, start.verifier];
    this.#limitTo(start.lifetimeMs, 'The code was not confirmed in time. Start the login again.');
    this.#options.changed(this);
    this.#finish(this.#finishDevice(signIn, start));
  }

  cancel(): void {
    this.#settle('cancelled');
  }

  async #finishDevice(signIn: DeviceSignIn, start: DeviceStart): Promise<NewAccount> {
    const finish = await this.#poll(signIn, start);
    this.#beginFinish();
    return finish(this.#call(), this.#enriching);
  }

  /** Until the person has decided. A provider that cannot be reached for a while does not end the login. */
  async #poll(signIn: DeviceSignIn, start: DeviceStart): Promise<FinishDevice> {
    const call = this.#call();
    let { intervalMs } = start;
    for (let failures = 0; ; ) {
      await call.pause(Math.max(intervalMs, Math.min(intervalMs * 2 ** failures, maxPollPauseMs)));
      try {
        const result = await signIn.poll(start, call);
        if (typeof result === 'function') return result;
        if (result === 'slow-down') intervalMs += slowDownMs;
        failures = 0;
      } catch (error) {
        if (!(error instanceof ProviderError && error.isPassing)) throw error;
        failures = Math.min(failures + 1, maxDoublings);
      }
    }
  }

  #beginFinish(): void {
    this.#closePort();
    this.#limitTo(finishLimitMs, `${this.title} did not finish the login in time. Try again later.`);
    this.#enter('exchanging');
  }

  #finish(account: Promise<NewAccount>): void {
    this.#save(account).catch((error) => {
      if (this.#settledAt !== undefined) return;
      const known = error instanceof ProviderError || error instanceof Problem;
      if (!known) this.#options.log.error(`a login failed unexpectedly: ${(error as Error).name}`);
      this.#settle('failed', known ? withEnded(this.provider, error).message : new Problem('internal').message);
    });
  }

  async #save(account: Promise<NewAccount>): Promise<void> {
    const { saver, extra, log } = this.#options;
    const ready = await account;
    if (this.#settledAt !== undefined) return;
    try {
      const name = await saver.save(ready, extra, this.actor, this.#stop.signal);
      log.info(`${this.title} login: the account is stored in ${name}`);
      this.#saved = { account: accountText(ready), file: name };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem('save_failed', `The login worked, but the account could not be stored: ${error.message}.`, {
        cause: error,
      });
    }
    this.#settle('done');
  }

  #limitTo(ms: number, sentence: string): void {
    this.#limit();
    this.#limit = this.#options.call.clock.after(ms, () => this.#settle('failed', sentence));
  }

  readonly #enriching = (): void => this.#enter('enriching');

  #enter(step: Step): void {
    if (this.#settledAt !== undefined) return;
    this.#step = step;
    this.#options.changed(this);
  }

  #settle(step: 'done' | 'failed' | 'cancelled', error?: string): void {
    if (this.#settledAt !== undefined) return;
    this.#settledAt = this.#options.call.clock.now();
    this.#step = step;
    this.#error = error;
    this.#secrets = [];
    this.#limit();
    this.#closePort();
    this.#stop.abort();
    this.#options.log.info(`${this.title} login ${step}${error === undefined ? '' : `: ${error}`}`);
    this.#options.changed(this);
    this.#resolve();
  }

  #call(): ProviderCall {
    const { signal } = this.#stop;
    const { pause, ...call } = this.#options.call;
    return { ...call, signal, secrets: this.#secrets, pause: (ms) => pause(signal, ms) };
  }
}

/** What people call an account: its e-mail, or else the first id that says something. */
export const accountText = ({ content, identity, fileName }: NewAccount): string =>
  [content.email, ...Object.values(identity).filter((id) => id !== content.api_key), fileName.at(-1)].find(
    (text): text is string => typeof text === 'string' && text !== '',
  ) ?? '';

function deniedSentence(error: string, description: string): string {
  if (error === 'access_denied')
    return 'The login was not allowed on the page of the provider. Start it again to allow it.';
  const words = tidy(description === '' ? error : `${error}: ${description}`);
  return `The provider ended the login${words === '' ? '' : ` (${words})`}. Start it again.`;
}
