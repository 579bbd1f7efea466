// All logins under way, and those that ended within the last hour, by their state.
import type { LoginInput, LoginStarted } from '../../src-shared/contract/helpers/login-rows.ts';
import type { loginsContract } from '../../src-shared/contract/logins.ts';
import type { Actor, Output, Parsed } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { providerOfLogin } from '../../src-shared/providers.ts';
import { present } from '../../src-shared/wire.ts';
import type { AppEvents } from '../events/app-events.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { delay, waitAtMost } from '../lib/time/delay.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import { ProviderError } from '../net/provider-error.ts';
import { providers } from '../providers/index.ts';
import { requiredClientId } from '../providers/oauth/client-ids.ts';
import { withEnded } from '../providers/oauth/with-ended.ts';
import type { CodeSignIn, DeviceSignIn, Provider } from '../providers/provider.ts';
import { type Callback, callbackIn, handedIn } from './callback-input.ts';
import { CallbackPorts } from './callback-ports.ts';
import { chooseFileSignIn, chooseSignIn, providerOfCallbackRoute, redirectUriOf } from './choose-sign-in.ts';
import { type ImportedAccount, importAccount } from './import-account.ts';
import { Login, type LoginOptions } from './login.ts';
import { LoginCalls } from './login-calls.ts';
import { deviceStarted, outcomeOf, statusOf } from './login-status.ts';
import { type ResultPage, resultPage } from './result-page.ts';
import { AccountSaver, type AccountSaverOptions } from './save-account.ts';

/** Milliseconds a login waits for its callback. */
const defaultDeadlineMs = 300_000;
/** Milliseconds for which an ended login is remembered. */
const memoryMs = 3_600_000;
/** Milliseconds a browser waits, so that its page can say how the login ended. */
const pageTimeoutMs = 1_000;

export interface LoginsOptions extends AccountSaverOptions {
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds a login waits for its callback. Default: five minutes. */
  readonly deadline?: number | undefined;
  /** The server's own address, where browsers are sent that have no registered port. */
  readonly address: () => string;
  readonly providers?: readonly Provider[];
  /** `oauth-client-ids` of the config in force. */
  readonly clientIds: () => Readonly<Record<string, string>>;
}

type Contract = ReturnType<typeof loginsContract>;
type HandIn = Parsed<Contract['login.callback']>;
type Status = Output<Contract['login.status']>;

type NewLoginOptions = Omit<LoginOptions, 'url'>;

interface Entry {
  readonly login: Login;
  /** Goes on with a callback; `undefined` for device logins, which have none. */
  readonly finish: ((callback: Callback) => void) | undefined;
}

export class Logins {
  readonly #options: LoginsOptions;
  readonly #saver: AccountSaver;
  readonly #ports: CallbackPorts;
  readonly #calls: LoginCalls;
  readonly #providers: readonly Provider[];
  readonly #entries = new Map<string, Entry>();
  /** Starts that still wait for a provider or a port. */
  readonly #starting = new Set<AbortController>();

  constructor(options: LoginsOptions) {
    this.#options = options;
    this.#saver = new AccountSaver(options);
    this.#ports = new CallbackPorts(options.log);
    this.#calls = new LoginCalls(options);
    this.#providers = options.providers ?? providers;
  }

  /**
   * Starts the login of that name. Throws Problem `login_failed` when the provider cannot be asked or its port cannot
   * be opened, `invalid_value` for a bad proxy address or a flow that the provider does not have.
   */
  async start(name: string, input: LoginInput, actor: Actor): Promise<LoginStarted> {
    this.#forgetOld();
    const { provider, signIn } = chooseSignIn(this.#providers, name, input.flow);
    const clientId = requiredClientId(provider, this.#options.clientIds());
    const options: NewLoginOptions = {
      state: signIn.newState(),
      provider,
      call: this.#calls.callFor(input.proxyUrl, clientId),
      saver: this.#saver,
      extra: input.proxyUrl === undefined ? {} : { proxy_url: input.proxyUrl.trim() },
      actor,
      log: this.#options.log,
      changed: (login) => this.#publish(login),
    };
    const began = new AbortController();
    this.#starting.add(began);
    try {
      return signIn.flow === 'device'
        ? await this.#startDevice(signIn, options, began.signal)
        : await this.#startCode(signIn, options, input, began.signal);
    } finally {
      this.#starting.delete(began);
    }
  }

  /** Where a login stands. An unknown one counts as finished, as clients expect. */
  status(state: string): Status {
    const login = this.#entries.get(state)?.login;
    if (login === undefined) return { status: 'ok' };
    const { status, error, account, file } = statusOf(login);
    if (status === 'cancelled') return { status: 'error', error: 'The login was cancelled.' };
    return present({ status, error, account, file }) as Status;
  }

  /** The page to open for a login that waits. */
  addressOf(state: string): string | undefined {
    const login = this.#entries.get(state)?.login;
    return login?.step === 'waiting' ? login.url : undefined;
  }

  /** A browser's visit to a callback address on the server's own port; `undefined` for a path that is none. */
  visit(path: string, query: Readonly<Record<string, string>>, language: string): Promise<ResultPage> | undefined {
    const provider = providerOfCallbackRoute(this.#providers, path);
    return provider && this.#receive(provider, callbackIn(query), language);
  }

  /**
   * Continues with a callback that a client hands in. Throws Problem `missing_state`, `login_not_pending`,
   * `invalid_value` when there is neither a code nor an error in it; the login keeps waiting.
   */
  handIn(input: HandIn): void {
    const callback = handedIn(input);
    if (callback.state === '') throw new Problem('missing_state');
    const entry = this.#entries.get(callback.state);
    const row = entry?.login.provider.row;
    const rows = this.#providers.map((provider) => provider.row);
    const isMeant = input.provider === undefined || providerOfLogin(rows, input.provider) === row;
    if (entry?.finish === undefined || entry.login.step !== 'waiting' || !isMeant) {
      throw new Problem('login_not_pending');
    }
    if (callback.code === '' && callback.error === '') {
      throw new Problem(
        'invalid_value',
        'There is no code in this. Paste the whole address on which the browser ended.',
      );
    }
    entry.finish(callback);
  }

  /** See {@link importAccount}. */
  importFile(name: string, text: string, location: string, actor: Actor): Promise<ImportedAccount> {
    const signIn = chooseFileSignIn(this.#providers, name);
    return importAccount({ signIn, saver: this.#saver, log: this.#options.log }, { text, location, actor });
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

  async #startCode(
    signIn: CodeSignIn,
    options: NewLoginOptions,
    { listen, projectId }: LoginInput,
    signal: AbortSignal,
  ): Promise<LoginStarted> {
    const { state, provider } = options;
    const port = signIn.flow === 'browser' ? provider.row.signIn?.callbackPort : undefined;
    const closePort = listen && port !== undefined ? await this.#openPort(provider, signIn, port) : () => {};
    if (signal.aborted) {
      closePort();
      throw new Problem('unavailable');
    }
    const redirectUri = redirectUriOf(signIn, port, this.#options.address());
    const { url, verifier } = signIn.begin(state, redirectUri);
    const login = new Login({ ...options, url });
    const finish = (callback: Callback) => login.finishWith(signIn, { verifier, redirectUri, projectId }, callback);
    this.#entries.set(state, { login, finish });
    login.waitForCallback(this.#options.deadline ?? defaultDeadlineMs, closePort);
    return { status: 'ok', state, url };
  }

  async #startDevice(signIn: DeviceSignIn, options: NewLoginOptions, signal: AbortSignal): Promise<LoginStarted> {
    const { clock } = this.#options;
    try {
      const start = await signIn.begin({
        ...options.call,
        signal,
        secrets: [],
        pause: (ms) => delay(clock, signal, ms),
      });
      const login = new Login({ ...options, url: start.url });
      this.#entries.set(login.state, { login, finish: undefined });
      login.waitForDevice(signIn, start);
      return deviceStarted(login.state, start);
    } catch (error) {
      if (signal.aborted) throw new Problem('unavailable');
      if (error instanceof ProviderError) {
        throw new Problem('login_failed', withEnded(options.provider, error).message, { cause: error });
      }
      throw error;
    }
  }

  #openPort(provider: Provider, { callback }: CodeSignIn, port: number): Promise<Disposer> {
    return this.#ports.hold(port, callback.path, (url, language) =>
      this.#receive(provider, callbackIn(Object.fromEntries([...url.searchParams].reverse())), language),
    );
  }

  /** The browser brings a callback for `provider`. Callbacks with unknown states change nothing. */
  async #receive(provider: Provider, callback: Callback, language: string): Promise<ResultPage> {
    const entry = this.#entries.get(callback.state);
    if (entry?.finish === undefined || entry.login.provider !== provider) return resultPage('unknown', language);
    const { login } = entry;
    if (login.step !== 'waiting') return resultPage(login.isAnswered ? 'used' : 'expired', language);
    entry.finish(callback);
    await waitAtMost(pageTimeoutMs, login.settled, this.#options.clock);
    return resultPage(outcomeOf(login, callback), language);
  }

  #publish(login: Login): void {
    this.#options.events.publish('login', statusOf(login), login.actor);
  }

  #forgetOld(): void {
    const oldest = this.#options.clock.now() - memoryMs;
    for (const [state, { login }] of this.#entries) {
      if (login.settledAt !== undefined && login.settledAt < oldest) this.#entries.delete(state);
    }
  }
}
