// Who may ask, by the config in force: for requests, and for sockets that stay open.
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../lib/time/clock.ts';
import { type Access, ClientKeys } from './client/client-keys.ts';
import type { ConfigSource } from './gateway-options.ts';
import type { UpstreamError } from './model/events.ts';
import { type Client, type Clients, expiredError, isExpired } from './policies/clients.ts';

export interface ClientAccessOptions {
  readonly config: ConfigSource;
  readonly clock: Clock;
  /** The clients of the config in force. */
  readonly clients: () => Clients;
}

export class ClientAccess {
  readonly #options: ClientAccessOptions;
  #keyList: readonly string[];
  #keys: ClientKeys;

  constructor(options: ClientAccessOptions) {
    this.#options = options;
    this.#keyList = options.config.current.config['api-keys'];
    this.#keys = new ClientKeys(this.#keyList);
  }

  /** After a change of the config. */
  reload(): void {
    const keys = this.#options.config.current.config['api-keys'];
    if (isDeepStrictEqual(keys, this.#keyList)) return;
    this.#keyList = keys;
    this.#keys = new ClientKeys(keys);
  }

  check(request: IncomingMessage): Access {
    return this.#keys.check(request, partsOf(request).query);
  }

  /** `''` for one that may not ask, and while no keys are set. */
  keyOf(request: IncomingMessage): string {
    const access = this.check(request);
    return (access.granted ? access.key : undefined) ?? '';
  }

  clientOf(key: string | undefined): Client {
    return this.#options.clients().of(key);
  }

  /** Why a client may not ask, be it that its key has expired. */
  rejectionOf(request: IncomingMessage): UpstreamError | undefined {
    const access = this.check(request);
    if (!access.granted) return access;
    return isExpired(this.clientOf(access.key), this.#options.clock.now()) ? expiredError : undefined;
  }
}

export function partsOf({ url = '' }: IncomingMessage): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}
