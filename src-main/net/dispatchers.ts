// Dispatchers to the network: one undici dispatcher per proxy address, made on first use and kept.
import type { Agent, Dispatcher } from 'undici';
import { Problem } from '../../src-shared/problem.ts';
import { isDirect, readProxyUrl } from '../lib/proxy-url.ts';
import { type Environment, environmentProxy, hasEnvironmentProxy } from './environment-proxy.ts';
import { follow, type RequestConnection } from './request-connection.ts';
import { readShared, sharedRead } from './shared-read.ts';
import { type Upgraded, upgradeOn } from './upgrade.ts';

/** Milliseconds for TCP, TLS and a proxy's handshake together; providers far away need a few seconds. */
const CONNECT_TIMEOUT = 15_000;

/** HTTP/2 stays off everywhere: one request per connection keeps streams and aborts independent of each other. */
const common = { allowH2: false, connectTimeout: CONNECT_TIMEOUT } as const;

/** Without pipelining undici keeps no connection. */
const notKept = { pipelining: 0 } as const;

export type ResponseHandler = Dispatcher.DispatchHandler;

/** How a request reaches its server. */
export interface DispatchRoute {
  /** Told which connection the request goes out on. */
  readonly connection: RequestConnection;
  /** On a connection of its own, which no earlier request has used. */
  readonly isFresh: boolean;
}

type Make = (options: Agent.Options, reading?: 'by its owner') => Promise<Dispatcher>;
type UpgradeRequest = Omit<Parameters<typeof upgradeOn>[1], 'origin' | 'path'>;
type RequestOptions = Omit<Dispatcher.RequestOptions, 'origin' | 'path'>;
type DispatchOptions = Omit<Dispatcher.DispatchOptions, 'origin' | 'path'>;

/** Connections through proxies, or direct ones. */
export interface ProxyDispatcher {
  /** What may help when a connection fails; `''` when there is nothing. */
  readonly note: string;
  /** As `Dispatcher.request` of undici, whose origin is that of `url`. */
  request(url: URL, options: RequestOptions): Promise<Dispatcher.ResponseData>;
  /** As `Dispatcher.dispatch` of undici: costs less than `request`, and the handler is told of everything, errors too. */
  dispatch(url: URL, options: DispatchOptions, handler: ResponseHandler, route: DispatchRoute): Promise<void>;
  /**
   * Asks for another protocol on a connection of its own, such as `websocket`. Rejects when there is no response, or
   * when `signal` is aborted before there is one.
   */
  upgrade(url: URL, request: UpgradeRequest): Promise<Upgraded>;
}

/**
 * Connections through one proxy, or direct ones. undici is loaded with the first request: it is the largest part of the program, and a server that
 * only keeps settings never needs it.
 */
class FixedDispatcher implements ProxyDispatcher {
  readonly note = '';
  readonly #make: Make;
  #dispatcher: Promise<Dispatcher> | undefined;
  /** Opens a connection for each request. */
  #fresh: Promise<Dispatcher> | undefined;
  /** Its sockets are read by those who get them. */
  #upgrades: Promise<Dispatcher> | undefined;

  constructor(make: Make) {
    this.#make = make;
  }

  async request(url: URL, options: RequestOptions): Promise<Dispatcher.ResponseData> {
    const dispatcher = await this.#made();
    return dispatcher.request({ ...options, ...placeOf(url) });
  }

  async dispatch(
    url: URL,
    options: DispatchOptions,
    handler: ResponseHandler,
    { connection, isFresh }: DispatchRoute,
  ): Promise<void> {
    const dispatcher = await (isFresh ? this.#madeFresh() : this.#made());
    follow(connection, () => dispatcher.dispatch({ ...options, ...placeOf(url) }, handler));
  }

  async upgrade(url: URL, request: UpgradeRequest): Promise<Upgraded> {
    this.#upgrades ??= this.#make(notKept, 'by its owner');
    return upgradeOn(await this.#upgrades, { ...request, ...placeOf(url) });
  }

  /** Cuts every connection. */
  async destroy(): Promise<void> {
    await Promise.all([this.#dispatcher, this.#fresh, this.#upgrades].map(async (made) => (await made)?.destroy()));
  }

  #madeFresh(): Promise<Dispatcher> {
    this.#fresh ??= this.#make(notKept);
    return this.#fresh;
  }

  #made(): Promise<Dispatcher> {
    this.#dispatcher ??= this.#make({});
    return this.#dispatcher;
  }
}

interface Place {
  readonly origin: string;
  readonly path: string;
}

/** Of addresses that are asked again and again: reading an address costs more than finding it here. */
const places = new WeakMap<URL, Place & { readonly href: string }>();

function placeOf(url: URL): Place {
  const { href } = url;
  const known = places.get(url);
  if (known?.href === href) return known;
  const place = { href, origin: url.origin, path: url.pathname + url.search };
  places.set(url, place);
  return place;
}

/** Connections whose proxy depends on the address. */
class RoutedDispatcher implements ProxyDispatcher {
  readonly note: string;
  readonly #dispatcherFor: (url: URL) => ProxyDispatcher;

  constructor(dispatcherFor: (url: URL) => ProxyDispatcher, note = '') {
    this.#dispatcherFor = dispatcherFor;
    this.note = note;
  }

  async request(url: URL, options: RequestOptions): Promise<Dispatcher.ResponseData> {
    return this.#dispatcherFor(url).request(url, options);
  }

  async dispatch(...call: Parameters<ProxyDispatcher['dispatch']>): Promise<void> {
    return this.#dispatcherFor(call[0]).dispatch(...call);
  }

  async upgrade(url: URL, request: UpgradeRequest): Promise<Upgraded> {
    return this.#dispatcherFor(url).upgrade(url, request);
  }
}

const unusedProxy = 'The environment names a proxy, which is used only with use-env-proxy: true.';

export interface DispatchersOptions {
  readonly environment: Environment;
  /** `use-env-proxy` of the config in force. */
  readonly usesEnvironment: () => boolean;
}

export class Dispatchers {
  readonly #made = new Map<string, FixedDispatcher>();
  readonly #usesEnvironment: () => boolean;
  readonly #ofEnvironment: ProxyDispatcher;
  /** Without any proxy, although the environment names one. */
  readonly #unasked: ProxyDispatcher | undefined;

  constructor(
    { environment, usesEnvironment }: DispatchersOptions = { environment: {}, usesEnvironment: () => false },
  ) {
    this.#usesEnvironment = usesEnvironment;
    this.#ofEnvironment = new RoutedDispatcher((url) => this.#through(environmentProxy(url, environment)));
    if (hasEnvironmentProxy(environment)) this.#unasked = new RoutedDispatcher(() => this.#through(''), unusedProxy);
  }

  /**
   * The dispatcher for a `proxy-url`: http, https, socks5 or socks5h, each with optional `user:password@`. `direct` and
   * `none` mean no proxy, `''` the one that the environment names if it is used. Anything else is a Problem
   * `invalid_value`, never a silent direct connection.
   */
  for(proxyUrl: string): ProxyDispatcher {
    if (proxyUrl.trim() !== '') return this.#through(proxyUrl);
    return this.#usesEnvironment() ? this.#ofEnvironment : (this.#unasked ?? this.#through(''));
  }

  #through(proxyUrl: string): FixedDispatcher {
    const address = isDirect(proxyUrl) ? '' : proxyUrl.trim();
    const known = this.#made.get(address);
    if (known !== undefined) return known;
    const proxy = usableProxy(address);
    const made = new FixedDispatcher((options, reading) =>
      proxy === undefined ? direct(options, reading) : throughProxy(proxy, options),
    );
    this.#made.set(address, made);
    return made;
  }

  /** Cuts every connection: requests that still run fail. */
  async close(): Promise<void> {
    const all = [...this.#made.values()];
    this.#made.clear();
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }
}

/** @throws Problem `invalid_value` for an address that can never be used. */
function usableProxy(proxyUrl: string): URL | undefined {
  const { url, error } = readProxyUrl(proxyUrl);
  if (error !== undefined) throw new Problem('invalid_value', error);
  return url;
}

async function direct(more: Agent.Options, reading?: 'by its owner'): Promise<Dispatcher> {
  const { Agent, buildConnector } = await import('undici');
  if (reading !== undefined) return new Agent({ ...common, ...more });
  const connect = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT, onread: sharedRead });
  return new Agent({
    ...common,
    ...more,
    connect: (options, callback) =>
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        readShared(socket);
        callback(null, socket);
      }),
  });
}

async function throughProxy(url: URL, more: Agent.Options): Promise<Dispatcher> {
  const { buildConnector, ProxyAgent, Socks5ProxyAgent } = await import('undici');
  if (url.protocol !== 'socks5:') return new ProxyAgent({ ...common, ...more, uri: url.href });
  const connect = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT });
  return new Socks5ProxyAgent(url, {
    ...common,
    ...more,
    // The name lookup wants an IPv6 address without the brackets it has in a URL.
    connect: (options, callback) =>
      connect({ ...options, hostname: options.hostname.replace(/^\[|\]$/g, '') }, callback),
  });
}

/** Host and port of a proxy for sentences, without user and password; `''` for no proxy. */
export function proxyLabel(proxyUrl: string): string {
  return usableProxy(proxyUrl)?.host ?? '';
}
