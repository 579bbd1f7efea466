// All logins under way, and those that ended within the last hour, by their state.
import type { LoginName, loginsContract } from '../../src-shared/contract/logins.ts';
import type { LoginStatus } from '../../src-shared/events.ts';
import type { Actor, Output, Parsed } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { AppEvents } from '../events/app-events.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { delay } from '../lib/time/delay.ts';
import { type Dispatchers, proxyLabel } from '../net/dispatchers.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Callback, callbackIn, handedIn } from './callback-input.ts';
import { CallbackPorts } from './callback-ports.ts';
import { Login, type LoginOptions } from './login.ts';
import type { CodeProvider, DeviceProvider } from './login-provider.ts';
import { loginNamed, loginProviders } from './providers.ts';
import { type Outcome, type ResultPage, resultPage } from './result-page.ts';
import { AccountSaver } from './save-account.ts';

/** Milliseconds a login waits for its answer. */
const defaultDeadlineMs = 300_000;
/** Milliseconds for which an ended login is remembered. */
const memoryMs = 3_600_000;
/** Milliseconds a browser waits, so that its page can say how the login ended. */
const pagePatienceMs = 1_000;

export interface LoginsOptions {
  readonly files: AuthFiles;
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds a login waits for its answer; five minutes unless said otherwise. */
  readonly deadline?: number | undefined;
}

type StartInput = Parsed<(typeof loginsContract)['codex-login.start']>;
type Started = Output<(typeof loginsContract)['codex-login.start']>;
type HandIn = Parsed<(typeof loginsContract)['login.callback']>;
type Status = Output<(typeof loginsContract)['login.status']>;

type NewLogin = Omit<LoginOptions, 'url'>;

interface Entry {
  readonly login: Login;
  readonly answer: ((callback: Callback) => void) | undefined;
}

export class Logins {
  readonly #options: LoginsOptions;
  readonly #saver: AccountSaver;
  readonly #ports: CallbackPorts;
  readonly #entries = new Map<string, Entry>();
  /** Starts that still wait for a provider or a port. */
  readonly #starting = new Set<AbortController>();
  #lastTime = 0;

  constructor(options: LoginsOptions) {
    this.#options = options;
    this.#saver = new AccountSaver(options.files);
    this.#ports = new CallbackPorts(options.log);
  }

  /**
   * Starts a login. Throws Problem `login_failed` when the provider cannot be asked or its port cannot be had,
   * `invalid_value` for a bad proxy address.
   */
  async start(name: LoginName, input: StartInput, actor: Actor): Promise<Started> {
    this.#forgetOld();
    const provider = loginProviders[name];
    const call = this.#way(input.proxyUrl);
    const state = provider.newState();
    const options: NewLogin = {
      state,
      provider,
      call,
      saver: this.#saver,
      extra: input.proxyUrl === undefined ? {} : { proxy_url: input.proxyUrl.trim() },
      projectId: input.projectId,
      actor,
      log: this.#options.log,
      changed: (login) => this.#announce(login),
    };
    const began = new AbortController();
    this.#starting.add(began);
    try {
      return provider.flow === 'code'
        ? await this.#startCode(provider, options, input.listen, began.signal)
        : await this.#startDevice(provider, options, began.signal);
    } finally {
      this.#starting.delete(began);
    }
  }

  /** Where a login stands. An unknown one counts as finished, as clients expect. */
  status(state: string): Status {
    const login = this.#entries.get(state)?.login;
    if (login === undefined) return { status: 'ok' };
    const { status, error } = statusOf(login);
    if (status === 'cancelled') return { status: 'error', error: 'The login was cancelled.' };
    return { status, ...(error !== undefined && { error }) };
  }

  /** The page to open for a login that waits. */
  addressOf(state: string): string | undefined {
    const login = this.#entries.get(state)?.login;
    return login?.step === 'waiting' ? login.url : undefined;
  }

  /** A browser's visit to a callback address on the main port; `undefined` for a path that is none. */
  visit(path: string, query: Readonly<Record<string, string>>, language: string): Promise<ResultPage> | undefined {
    const provider = codeProviders.find(({ callback }) => callback.route === path);
    return provider && this.#take(provider, callbackIn(query), language);
  }

  /**
   * Takes an answer that somebody hands in. Throws Problem `missing_state`, `login_not_pending`,
   * `invalid_value` when there is neither a code nor an error in it; the login then goes on waiting.
   */
  handIn(input: HandIn): void {
    const callback = handedIn(input);
    if (callback.state === '') throw new Problem('missing_state');
    const entry = this.#entries.get(callback.state);
    const named = input.provider === undefined ? entry?.login.provider.name : loginNamed(input.provider);
    if (entry?.answer === undefined || entry.login.step !== 'waiting' || named !== entry.login.provider.name) {
      throw new Problem('login_not_pending');
    }
    if (callback.code === '' && callback.error === '') {
      throw new Problem(
        'invalid_value',
        'There is no code in this. Paste the whole address on which the browser ended.',
      );
    }
    entry.answer(callback);
  }

  /** Gives a login up; whether there was anything to give up. */
  cancel(state: string): boolean {
    const login = this.#entries.get(state)?.login;
    if (login === undefined || login.settledAt !== undefined) return false;
    login.cancel();
    return true;
  }

  /** Gives up all logins. */
  async close(): Promise<void> {
    for (const starting of this.#starting) starting.abort();
    const all = [...this.#entries.values()].map(({ login }) => login);
    for (const login of all) login.cancel();
    await Promise.all(all.map(({ settled }) => settled));
  }

  async #startCode(provider: CodeProvider, options: NewLogin, listen: boolean, signal: AbortSignal): Promise<Started> {
    const port = listen ? await this.#hold(provider) : () => {};
    if (signal.aborted) {
      port();
      throw new Problem('unavailable');
    }
    const { state } = options;
    const { url, verifier } = provider.begin(state);
    const login = new Login({ ...options, url });
    this.#entries.set(state, { login, answer: (callback) => login.answer(provider, verifier, callback) });
    login.waitForAnswer(this.#options.deadline ?? defaultDeadlineMs, port);
    return { status: 'ok', state, url };
  }

  async #startDevice(provider: DeviceProvider, options: NewLogin, signal: AbortSignal): Promise<Started> {
    const { clock } = this.#options;
    try {
      const start = await provider.begin({
        ...options.call,
        signal,
        secrets: [],
        pause: (ms) => delay(clock, signal, ms),
      });
      const login = new Login({ ...options, url: start.url });
      this.#entries.set(login.state, { login, answer: undefined });
      login.waitForDevice(provider, start);
      const { url, userCode, lifetime } = start;
      return { status: 'ok', state: login.state, url, ...(userCode && { userCode }), expiresIn: lifetime / 1000 };
    } catch (error) {
      if (signal.aborted) throw new Problem('unavailable');
      if (error instanceof ProviderError) throw new Problem('login_failed', error.message, { cause: error });
      throw error;
    }
  }

  #hold(provider: CodeProvider): Promise<Disposer> {
    const { port, path } = provider.callback;
    return this.#ports.hold(port, path, (url, language) =>
      this.#take(provider, callbackIn(Object.fromEntries([...url.searchParams].reverse())), language),
    );
  }

  /** The browser brings an answer for `provider`. Answers of unknown states change nothing. */
  async #take(provider: CodeProvider, callback: Callback, language: string): Promise<ResultPage> {
    const entry = this.#entries.get(callback.state);
    if (entry?.answer === undefined || entry.login.provider !== provider) return resultPage('unknown', language);
    const { login } = entry;
    if (login.step !== 'waiting') return resultPage(login.answered ? 'used' : 'expired', language);
    entry.answer(callback);
    await this.#ended(login);
    return resultPage(outcomeOf(login, callback), language);
  }

  async #ended(login: Login): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.#options.clock.after(pagePatienceMs, resolve);
    await Promise.race([login.settled, promise]);
    stop();
  }

  /** How the requests of a login go: through its own proxy or else the configured one. */
  #way(own: string | undefined): LoginOptions['call'] {
    const { dispatchers, proxyUrl, clock } = this.#options;
    const address = own ?? proxyUrl();
    return {
      dispatcher: dispatchers.for(address),
      proxy: proxyLabel(address),
      clock,
      uniqueTime: () => {
        this.#lastTime = Math.max(clock.now(), this.#lastTime + 1);
        return this.#lastTime;
      },
      pause: (signal, ms) => delay(clock, signal, ms),
    };
  }

  #announce(login: Login): void {
    this.#options.events.publish('login', statusOf(login), login.actor);
  }

  #forgetOld(): void {
    const oldest = this.#options.clock.now() - memoryMs;
    for (const [state, { login }] of this.#entries) {
      if (login.settledAt !== undefined && login.settledAt < oldest) this.#entries.delete(state);
    }
  }
}

const codeProviders = Object.values(loginProviders).filter((provider) => provider.flow === 'code');

function statusOf(login: Login): LoginStatus {
  const { state, step, error } = login;
  const ended = { done: 'ok', failed: 'error', cancelled: 'cancelled' } as const;
  const status = step in ended ? ended[step as keyof typeof ended] : 'wait';
  return { state, provider: login.provider.name, status, step, ...(error !== undefined && { error }) };
}

function outcomeOf(login: Login, { code, error }: Callback): Outcome {
  if (login.step === 'done') return 'done';
  if (login.settledAt === undefined) return 'under-way';
  if (error !== '') return 'denied';
  return code.trim() === '' ? 'no-code' : 'failed';
}
