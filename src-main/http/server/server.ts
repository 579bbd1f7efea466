// The server: one listener for management API, page and gateway, which moves when `host` or `port` of the config change.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerStatus } from '../../../src-shared/events.ts';
import { byApp } from '../../../src-shared/operation.ts';
import { remoteAccessWarning } from '../../config/remote-access.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import type { Snapshot } from '../../config/store/snapshot.ts';
import type { AppEvents } from '../../events/app-events.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import { Listener } from './listener.ts';

export interface ServerOptions {
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly log: Logger;
  readonly clock: Clock;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Override the config. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/** `http://127.0.0.1:8317` for clients on this machine, whatever the server listens on. */
function clientAddressOf(host: string, port: number): string {
  const anywhere = ['', '0.0.0.0', '::', '[::]', 'localhost'].includes(host);
  const name = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

export class Server {
  readonly #options: ServerOptions;
  readonly #listener: Listener;
  readonly #stopListening: Disposer;
  #status: ServerStatus;
  #warning = '';

  constructor(options: ServerOptions) {
    const { handler, log, clock, config } = options;
    this.#options = options;
    this.#listener = new Listener({
      handler,
      clock,
      onError: (error) => log.error(`the server failed: ${error.message}`),
    });
    const { host, port } = this.#configuredAddress(config.current);
    this.#status = { address: clientAddressOf(host, port), state: 'stopped' };
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
    const { host, port } = this.#configuredAddress(this.#options.config.current);
    this.#setStatus({ address: clientAddressOf(host, port), state: 'starting' });
    try {
      const address = await this.#listener.moveTo(host, port);
      this.#setStatus({ address: clientAddressOf(address.host, address.port), state: 'running' });
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

  #configuredAddress({ config }: Snapshot): { readonly host: string; readonly port: number } {
    return { host: this.#options.host ?? config.host, port: this.#options.port ?? config.port };
  }

  #apply(snapshot: Snapshot, previous: Snapshot): void {
    this.#warnAboutRemoteAccess(snapshot);
    const [wanted, before] = [this.#configuredAddress(snapshot), this.#configuredAddress(previous)];
    if (wanted.host === before.host && wanted.port === before.port) return;
    if (this.#status.state === 'failed') this.#retry();
    if (this.#listener.address === undefined) return;
    this.#listener.moveTo(wanted.host, wanted.port).then(
      (address) => this.#setStatus({ address: clientAddressOf(address.host, address.port), state: 'running' }),
      (error: Error) => {
        this.#options.log.error(`still listening on ${this.#status.address}: ${error.message}`);
        this.#setStatus({ ...this.#status, message: `Still listening on ${this.#status.address}. ${error.message}` });
      },
    );
  }

  #warnAboutRemoteAccess(snapshot: Snapshot): void {
    const warning = remoteAccessWarning(
      this.#configuredAddress(snapshot).host,
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
