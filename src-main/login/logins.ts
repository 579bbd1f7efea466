// All logins under way, and those that ended within the last hour, by their state.
import type { LoginInput, LoginStarted } from '../../src-shared/contract/helpers/login-rows.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { providerOfLogin } from '../../src-shared/providers.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { waitAtMost } from '../lib/time/delay.ts';
import { providers } from '../providers/index.ts';
import { requiredClientId } from '../providers/oauth/client-ids.ts';
import type { CodeSignIn, DeviceSignIn, Provider } from '../providers/provider.ts';
import { beginDevice, type NewLoginOptions } from './begin-device.ts';
import { type Callback, callbackIn, handedIn } from './callback-input.ts';
import { CallbackPorts } from './callback-ports.ts';
import { chooseFileSignIn, chooseSignIn, providerOfCallbackRoute, redirectUriOf } from './choose-sign-in.ts';
import { type ImportedAccount, importAccount } from './import-account.ts';
import { Login } from './login.ts';
import { LoginCalls } from './login-calls.ts';
import type { SharedLogin } from './login-states.ts';
import { deviceStarted, outcomeOf, statusOf, type ToldStatus, toldStatus } from './login-status.ts';
import { defaultDeadlineMs, type HandIn, type LoginsOptions, memoryMs, pageTimeoutMs } from './logins-options.ts';
import { type ResultPage, resultPage } from './result-page.ts';
import { AccountSaver } from './save-account.ts';

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
  /** States of logins that another instance finishes. */
  readonly #elsewhere = new Set<string>();
  readonly #updates = new KeyedQueue();

  constructor(options: LoginsOptions) {
    this.#options = options;
    this.#saver = new AccountSaver(options);
    this.#ports = new CallbackPorts(options.log);
    this.#calls = new LoginCalls(options);
    this.#providers = options.providers ?? providers;
    options.states?.watch((state, login) => this.#takeOver(state, login));
  }

  /**
   * Starts the login of that name. Throws Problem `login_failed` when the provider cannot be asked or its port cannot
   * be opened, `invalid_value` for a bad proxy address or a flow that the provider does not have.
   */
  async start(name: string, input: LoginInput, actor: Actor): Promise<LoginStarted> {
    this.#forgetOld();
    const { provider, signIn } = chooseSignIn(this.#providers, name, input.flow);
    const options = this.#newLogin(provider, signIn.newState(), input.proxyUrl, actor);
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
  status(state: string): ToldStatus {
    const login = this.#entries.get(state)?.login;
    return login === undefined ? { status: 'ok' } : toldStatus(statusOf(login));
  }

  /** The page to open for a login that waits. */
  addressOf(state: string): string | undefined {
    const login = this.#entries.get(state)?.login;
    return login?.step === 'waiting' ? login.url : undefined;
  }

  /** Whether browsers come back to a path. */
  isCallback(path: string): boolean {
    return providerOfCallbackRoute(this.#providers, path) !== undefined;
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
    await this.#updates.idle();
  }

  async #startCode(
    signIn: CodeSignIn,
    options: NewLoginOptions,
    { listen, projectId, proxyUrl }: LoginInput,
    signal: AbortSignal,
  ): Promise<LoginStarted> {
    const { state, provider, actor } = options;
    const port = signIn.flow === 'browser' ? provider.row.signIn?.callbackPort : undefined;
    const closePort = listen && port !== undefined ? await this.#openPort(provider, signIn, port) : () => {};
    if (signal.aborted) {
      closePort();
      throw new Problem('unavailable');
    }
    const redirectUri = redirectUriOf(signIn, port, this.#options.address());
    const { url, verifier } = signIn.begin(state, redirectUri);
    const grant = { verifier, redirectUri, projectId };
    const login = new Login({ ...options, url });
    const { flow } = signIn;
    await this.#share({ login: statusOf(login).provider, flow, grant, proxyUrl, actor, status: statusOf(login) }).catch(
      (error: unknown) => {
        closePort();
        throw error;
      },
    );
    this.#entries.set(state, { login, finish: (callback) => login.finishWith(signIn, grant, callback) });
    login.waitForCallback(this.#options.deadline ?? defaultDeadlineMs, closePort);
    return { status: 'ok', state, url };
  }

  #newLogin(provider: Provider, state: string, proxyUrl: string | undefined, actor: Actor): NewLoginOptions {
    return {
      state,
      provider,
      call: this.#calls.callFor(proxyUrl, requiredClientId(provider, this.#options.clientIds())),
      saver: this.#saver,
      extra: proxyUrl === undefined ? {} : { proxy_url: proxyUrl.trim() },
      actor,
      log: this.#options.log,
      changed: (login) => this.#publish(login),
    };
  }

  async #share(login: SharedLogin): Promise<void> {
    await this.#options.states?.put(login.status.state, login, memoryMs);
  }

  /** Goes on with a login that another instance began, unless it goes on here already. */
  adopt({ login: name, flow, grant, proxyUrl, actor, status: { state } }: SharedLogin): void {
    if (this.#entries.has(state) || grant === undefined) return;
    const { provider, signIn } = chooseSignIn(this.#providers, name, flow);
    if (signIn.flow === 'device') return;
    const login = new Login({ ...this.#newLogin(provider, state, proxyUrl, actor), url: '' });
    this.#entries.set(state, { login, finish: (callback) => login.finishWith(signIn, grant, callback) });
  }

  /** Another instance goes on with a login: it ends here without a word, and its events are published here too. */
  #takeOver(state: string, { status, actor }: SharedLogin): void {
    const own = this.#entries.get(state)?.login;
    this.#elsewhere.add(state);
    own?.cancel();
    this.#options.events.publish('login', status, actor);
  }

  async #startDevice(signIn: DeviceSignIn, options: NewLoginOptions, signal: AbortSignal): Promise<LoginStarted> {
    const start = await beginDevice(signIn, options, signal);
    const login = new Login({ ...options, url: start.url });
    this.#entries.set(login.state, { login, finish: undefined });
    await this.#share({ login: statusOf(login).provider, actor: login.actor, status: statusOf(login) });
    login.waitForDevice(signIn, start);
    return deviceStarted(login.state, start);
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
    if (this.#elsewhere.has(login.state)) return;
    const status = statusOf(login);
    this.#options.events.publish('login', status, login.actor);
    if (login.step === 'waiting') return;
    const update = () => this.#options.states?.update(login.state, status) ?? Promise.resolve();
    this.#updates.run(login.state, update).catch((error: unknown) => {
      this.#options.log.warning(`other instances are not told of a login: ${(error as Error).message}`);
    });
  }

  #forgetOld(): void {
    const oldest = this.#options.clock.now() - memoryMs;
    for (const [state, { login }] of this.#entries) {
      if (login.settledAt === undefined || login.settledAt >= oldest) continue;
      this.#entries.delete(state);
      this.#elsewhere.delete(state);
    }
  }
}
