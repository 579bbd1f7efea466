// `metrics.listen`: an address of its own on which metrics need no key, for a collector on this machine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseListenAddress } from '../../src-shared/listen-address.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { type HttpResponse, notFound, sendResponse } from './response.ts';
import { Endpoint } from './server/endpoint.ts';

export interface MetricsPortOptions {
  readonly config: ConfigStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Never rejects. */
  readonly respond: () => Promise<HttpResponse>;
}

/** How soon a port that another program had is tried again. Milliseconds. */
const retryMs = 10_000;

export class MetricsPort {
  readonly #options: MetricsPortOptions;
  readonly #stopListening: Disposer;
  #endpoint: Endpoint | undefined;
  #address = '';
  #stopRetry: Disposer = () => {};
  #queue: Promise<void> = Promise.resolve();

  /** Listens at once where the config says, and follows it. What fails is logged and tried again. */
  constructor(options: MetricsPortOptions) {
    this.#options = options;
    this.#stopListening = options.config.onChange(() => this.#follow());
    this.#follow();
  }

  /** Of the address in use; undefined while there is none. */
  get port(): number | undefined {
    return this.#endpoint?.port;
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#stopRetry();
    await this.#queue;
    this.#leave();
  }

  #follow(): void {
    const wanted = this.#options.config.current.config.metrics.listen;
    if (wanted === this.#address) return;
    this.#address = wanted;
    this.#queue = this.#queue.then(() => this.#moveTo(wanted));
  }

  async #moveTo(wanted: string): Promise<void> {
    this.#stopRetry();
    this.#leave();
    const address = parseListenAddress(wanted);
    if (address === undefined) return;
    const { clock, log } = this.#options;
    const endpoint = new Endpoint(address.host, undefined, {
      handler: (request, response) => void this.#handle(request, response),
      onError: (error) => log.error(`the port of metrics failed: ${error.message}`),
    });
    try {
      await endpoint.listen(address.port);
      this.#endpoint = endpoint;
    } catch (error) {
      log.error(`metrics cannot be served on ${wanted} (${(error as NodeJS.ErrnoException).code}); it is tried again`);
      this.#stopRetry = clock.after(retryMs, () => {
        this.#queue = this.#queue.then(() => (this.#address === wanted ? this.#moveTo(wanted) : undefined));
      });
    }
  }

  #leave(): void {
    this.#endpoint?.retire();
    this.#endpoint?.destroyConnections();
    this.#endpoint = undefined;
  }

  async #handle({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const isAsked = method === 'GET' && url?.split('?')[0] === '/metrics';
    sendResponse(response, isAsked ? await this.#options.respond() : notFound);
  }
}
