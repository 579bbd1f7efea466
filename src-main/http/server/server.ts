// The server: one listener for management API, page and gateway, which follows `host` and `port` of the config.
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
  /** Win over the config. */
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
  readonly #stopFollowing: Disposer;
  #status: ServerStatus;
  #advice = '';

  constructor(options: ServerOptions) {
    const { handler, log, clock, config } = options;
    this.#options = options;
    this.#listener = new Listener({
      handler,
      clock,
      onError: (error) => log.error(`the server failed: ${error.message}`),
    });
    const { host, port } = this.#wanted(config.current);
    this.#status = { address: clientAddressOf(host, port), state: 'stopped' };
    this.#stopFollowing = config.onChange(({ snapshot, previous }) => this.#follow(snapshot, previous));
  }

  get status(): ServerStatus {
    return this.#status;
  }

  get isLoopbackOnly(): boolean {
    return this.#listener.isLoopbackOnly;
  }

  /** Listens where the config says. Throws `address_unavailable`; the status then says why. */
  async start(): Promise<void> {
    const { host, port } = this.#wanted(this.#options.config.current);
    this.#announce({ address: clientAddressOf(host, port), state: 'starting' });
    try {
      const address = await this.#listener.moveTo(host, port);
      this.#announce({ address: clientAddressOf(address.host, address.port), state: 'running' });
      this.#advise(this.#options.config.current);
    } catch (error) {
      this.#announce({ address: this.#status.address, state: 'failed', message: (error as Error).message });
      throw error;
    }
  }

  /** Takes no more requests; running ones get `graceMs` to finish. `start` opens it again. */
  async stop(graceMs: number): Promise<void> {
    this.#announce({ address: this.#status.address, state: 'stopping' });
    await this.#listener.close({ graceMs });
    this.#announce({ address: this.#status.address, state: 'stopped' });
  }

  async close(graceMs: number): Promise<void> {
    this.#stopFollowing();
    await this.stop(graceMs);
  }

  #wanted({ config }: Snapshot): { readonly host: string; readonly port: number } {
    return { host: this.#options.host ?? config.host, port: this.#options.port ?? config.port };
  }

  #follow(snapshot: Snapshot, previous: Snapshot): void {
    this.#advise(snapshot);
    const [wanted, before] = [this.#wanted(snapshot), this.#wanted(previous)];
    if (wanted.host === before.host && wanted.port === before.port) return;
    if (this.#status.state === 'failed') this.#retry();
    if (this.#listener.address === undefined) return;
    this.#listener.moveTo(wanted.host, wanted.port).then(
      (address) => this.#announce({ address: clientAddressOf(address.host, address.port), state: 'running' }),
      (error: Error) => {
        this.#options.log.error(`still listening on ${this.#status.address}: ${error.message}`);
        this.#announce({ ...this.#status, message: `Still listening on ${this.#status.address}. ${error.message}` });
      },
    );
  }

  #advise(snapshot: Snapshot): void {
    const advice = remoteAccessWarning(
      this.#wanted(snapshot).host,
      snapshot.config['remote-management']['allow-remote'],
    );
    if (advice !== '' && advice !== this.#advice) this.#options.log.warning(advice);
    this.#advice = advice;
  }

  /** The start failed, and the config now names another place. */
  #retry(): void {
    this.start().catch((error: Error) => this.#options.log.error(`the server cannot start: ${error.message}`));
  }

  #announce(status: ServerStatus): void {
    this.#status = status;
    this.#options.events.publish('server', status, byApp);
  }
}
