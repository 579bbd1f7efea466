// The server: one listener for management API, page and gateway, which moves when `host` or `port` of the config change.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { ServerStatus } from '../../../src-shared/events.ts';
import { byApp } from '../../../src-shared/operation.ts';
import { listenHost } from '../../config/listen-host.ts';
import { remoteAccessWarning } from '../../config/remote-access.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import type { Snapshot } from '../../config/store/snapshot.ts';
import type { TlsPair } from '../../config/tls/tls-pair.ts';
import type { AppEvents } from '../../events/app-events.ts';
import type { Logger } from '../../lib/logger.ts';
import { isLoopbackAddress } from '../../lib/loopback.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import type { Upgrades } from './endpoint.ts';
import { Listener } from './listener.ts';

export interface ServerOptions {
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly log: Logger;
  readonly clock: Clock;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrades: Upgrades;
  /** Override the config. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsPair | undefined;
}

/** `http://127.0.0.1:8317` for clients on this machine, whatever the server listens on. */
function clientAddressOf({ host, port, tls }: Target): string {
  const isLoopbackServed = ['', 'localhost'].includes(host) || (isIP(host) !== 0 && !isLoopbackAddress(host));
  const name = isLoopbackServed ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`;
}

export class Server {
  readonly #options: ServerOptions;
  readonly #listener: Listener;
  readonly #stopListening: Disposer;
  #status: ServerStatus;
  #warning = '';

  constructor(options: ServerOptions) {
    const { handler, upgrades, log, clock, config } = options;
    this.#options = options;
    this.#listener = new Listener({
      handler,
      upgrades,
      clock,
      onError: (error) => log.error(`the server failed: ${error.message}`),
    });
    this.#status = { address: clientAddressOf(this.#targetOf(config.current)), state: 'stopped' };
    this.#stopListening = config.onChange(({ snapshot, previous }) => this.#apply(snapshot, previous));
  }

  get status(): ServerStatus {
    return this.#status;
  }

  get isLoopbackOnly(): boolean {
    return this.#listener.isLoopbackOnly;
  }

  /** Listens where the config says. Throws `address_unavailable`; the status then says why. */
  async start(): Promise<void> {
    const target = this.#targetOf(this.#options.config.current);
    this.#setStatus({ address: clientAddressOf(target), state: 'starting' });
    try {
      await this.#moveTo(target);
      this.#warnAboutRemoteAccess(this.#options.config.current);
    } catch (error) {
      this.#setStatus({ address: this.#status.address, state: 'failed', message: (error as Error).message });
      throw error;
    }
  }

  /** Accepts no more requests; running ones get `graceMs` to finish. `start` listens again. */
  async stop(graceMs: number): Promise<void> {
    this.#setStatus({ address: this.#status.address, state: 'stopping' });
    await this.#listener.close({ graceMs });
    this.#setStatus({ address: this.#status.address, state: 'stopped' });
  }

  async close(graceMs: number): Promise<void> {
    this.#stopListening();
    await this.stop(graceMs);
  }

  #targetOf({ config, tls }: Snapshot): Target {
    const { host } = listenHost(config, this.#options.host ?? config.host);
    return { host, port: this.#options.port ?? config.port, tls };
  }

  async #moveTo(target: Target): Promise<void> {
    const address = await this.#listener.moveTo(target.host, target.port, target.tls);
    this.#setStatus({ address: clientAddressOf({ ...target, ...address }), state: 'running' });
  }

  #apply(snapshot: Snapshot, previous: Snapshot): void {
    this.#warnAboutRemoteAccess(snapshot);
    const [wanted, before] = [this.#targetOf(snapshot), this.#targetOf(previous)];
    if (isDeepStrictEqual(wanted, before)) return;
    if (this.#status.state === 'failed') this.#retry();
    const { address } = this.#listener;
    if (address === undefined) return;
    // A random port is drawn once.
    const target = wanted.port === before.port ? { ...wanted, port: address.port } : wanted;
    this.#moveTo(target).catch((error: Error) => {
      this.#options.log.error(`still listening on ${this.#status.address}: ${error.message}`);
      this.#setStatus({ ...this.#status, message: `Still listening on ${this.#status.address}. ${error.message}` });
    });
  }

  #warnAboutRemoteAccess(snapshot: Snapshot): void {
    const warning = remoteAccessWarning(
      this.#targetOf(snapshot).host,
      snapshot.config['remote-management']['allow-remote'],
    );
    if (warning !== '' && warning !== this.#warning) this.#options.log.warning(warning);
    this.#warning = warning;
  }

  /** The start failed, and the config has a new address since. */
  #retry(): void {
    this.start().catch((error: Error) => this.#options.log.error(`the server cannot start: ${error.message}`));
  }

  #setStatus(status: ServerStatus): void {
    this.#status = status;
    this.#options.events.publish('server', status, byApp);
  }
}
