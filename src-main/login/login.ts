// One login from its start to its end: waiting, exchanging, enriching, then done, failed or cancelled.
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, tidy } from '../net/provider-request.ts';
import type {
  CodeSignIn,
  DeviceSignIn,
  DeviceStart,
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
/** Polls in a row that may fail before the login is given up. */
const maxFailedPolls = 4;

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
      const enriching = () => this.#enter('enriching');
      this.#finish(signIn.exchange({ ...grant, code, state: this.state }, this.#call(), enriching));
    }
  }

  /** Polls the provider until the person has decided. */
  waitForDevice(signIn: DeviceSignIn, start: DeviceStart): void {
    this.#secrets = [this.state, start.deviceCode, start.verifier];
    this.#limitTo(start.lifetimeMs, 'The code was not confirmed in time. Start the login again.');
    this.#options.changed(this);
    this.#finish(this.#poll(signIn, start));
  }

  cancel(): void {
    this.#settle('cancelled');
  }

  async #poll(signIn: DeviceSignIn, start: DeviceStart): Promise<NewAccount> {
    const call = this.#call();
    let { intervalMs } = start;
    for (let failures = 0; ; ) {
      await call.pause(intervalMs * 2 ** failures);
      try {
        const result = await signIn.poll(start, call);
        if (typeof result === 'object') return result;
        if (result === 'slow-down') intervalMs += slowDownMs;
        failures = 0;
      } catch (error) {
        failures += 1;
        const isPassing = error instanceof ProviderError && error.isPassing;
        if (!isPassing || failures >= maxFailedPolls) throw error;
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
      this.#settle('failed', known ? error.message : new Problem('internal').message);
    });
  }

  async #save(account: Promise<NewAccount>): Promise<void> {
    const { saver, extra, log } = this.#options;
    const ready = await account;
    if (this.#settledAt !== undefined) return;
    try {
      const name = await saver.save(ready, extra, this.actor, this.#stop.signal);
      log.info(`${this.title} login: the account is stored in ${name}`);
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

function deniedSentence(error: string, description: string): string {
  if (error === 'access_denied')
    return 'The login was not allowed on the page of the provider. Start it again to allow it.';
  const words = tidy(description === '' ? error : `${error}: ${description}`);
  return `The provider ended the login${words === '' ? '' : ` (${words})`}. Start it again.`;
}
