// One login from its start to its end: waiting, exchanging, enriching, then done, failed or cancelled.
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, tidy } from '../net/provider-request.ts';
import type { Callback } from './callback-input.ts';
import type {
  CodeProvider,
  DeviceProvider,
  DeviceStart,
  LoginProvider,
  NewAccount,
  ProviderCall,
} from './login-provider.ts';
import type { AccountSaver } from './save-account.ts';

export type Step = 'waiting' | 'exchanging' | 'enriching' | 'done' | 'failed' | 'cancelled';

/** Milliseconds for everything after the provider's answer, onboarding of a Google project included. */
const finishLimitMs = 120_000;
/** RFC 8628 section 3.5: what `slow_down` adds to the interval, in milliseconds. */
const slowDownMs = 5_000;
/** Polls in a row that may fail without an answer to the question before the login is given up. */
const maxFailedPolls = 4;

export interface LoginOptions {
  readonly state: string;
  readonly provider: LoginProvider;
  readonly url: string;
  /** Everything but signal and secrets, which are the login's own. */
  readonly call: Omit<ProviderCall, 'signal' | 'secrets' | 'pause'> & {
    readonly pause: (signal: AbortSignal, ms: number) => Promise<void>;
  };
  readonly saver: AccountSaver;
  /** Members the person chose for the account file. */
  readonly extra: Fields;
  readonly projectId: string | undefined;
  readonly actor: Actor;
  readonly log: Logger;
  /** Called after every change of step. */
  readonly changed: (login: Login) => void;
}

export class Login {
  readonly state: string;
  readonly provider: LoginProvider;
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
  #answered = false;
  #limit: Disposer = () => {};
  #port: Disposer = () => {};
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

  /** Whether the provider's answer came in time. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Waits for {@link answer}, holding `port` as long. */
  waitForAnswer(ms: number, port: Disposer): void {
    this.#port = port;
    this.#limitTo(ms, 'Nobody finished the sign-in in time. Start the login again.');
    this.#options.changed(this);
  }

  /** Takes the provider's answer. Only while waiting, and only once: the caller checks {@link step}. */
  answer(provider: CodeProvider, verifier: string, { code, error, description }: Callback): void {
    this.#answered = true;
    if (error !== '') {
      this.#settle('failed', deniedSentence(error, description));
    } else if (code.trim() === '') {
      this.#settle('failed', `${provider.title} sent no code back. Start the login again.`);
    } else {
      this.#secrets = [this.state, code, verifier];
      this.#beginFinish();
      const { state } = this;
      const { projectId } = this.#options;
      this.#finish(
        provider.exchange({ code, state, verifier, projectId }, this.#call(), () => this.#enter('enriching')),
      );
    }
  }

  /** Asks the provider again and again until the person has decided. */
  waitForDevice(provider: DeviceProvider, start: DeviceStart): void {
    this.#secrets = [this.state, start.deviceCode, start.verifier];
    this.#limitTo(start.lifetime, 'The code was not confirmed in time. Start the login again.');
    this.#options.changed(this);
    this.#finish(this.#poll(provider, start));
  }

  cancel(): void {
    this.#settle('cancelled');
  }

  async #poll(provider: DeviceProvider, start: DeviceStart): Promise<NewAccount> {
    const call = this.#call();
    let { interval } = start;
    for (let failures = 0; ; ) {
      await call.pause(interval * 2 ** failures);
      try {
        const answer = await provider.poll(start, call);
        if (typeof answer === 'object') return answer;
        if (answer === 'slow-down') interval += slowDownMs;
        failures = 0;
      } catch (error) {
        failures += 1;
        const passing = error instanceof ProviderError && ['unreachable', 'busy', 'broken'].includes(error.fault);
        if (!passing || failures >= maxFailedPolls) throw error;
      }
    }
  }

  #beginFinish(): void {
    this.#port();
    this.#limitTo(finishLimitMs, `${this.provider.title} did not finish the login in time. Try again later.`);
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
      log.info(`${this.provider.title} login: the account is stored in ${name}`);
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
    this.#port();
    this.#stop.abort();
    this.#options.log.info(`${this.provider.title} login ${step}${error === undefined ? '' : `: ${error}`}`);
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
