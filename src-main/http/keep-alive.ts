// `GET /keep-alive`: the server ends when the program that started it with `--password` stops calling this.
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { ManagementKey } from '../management-auth/management-key.ts';
import { presentedKey } from './auth/management-auth.ts';
import { type HttpResponse, json } from './response.ts';

const timeoutMs = 10_000;

export interface KeepAliveOptions {
  readonly key: ManagementKey;
  readonly clock: Clock;
  /** Called once, after 10 s without a valid call. */
  readonly onExpired: () => void;
}

/** The timeout starts with its creation. Create one only with a local password: otherwise the path does not exist. */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #stop: Disposer;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#stop = options.clock.after(timeoutMs, options.onExpired);
  }

  respond(headers: IncomingHttpHeaders): HttpResponse {
    const { key, clock, onExpired } = this.#options;
    if (!key.isLocalPassword(presentedKey(headers, 'x-local-password')))
      return json({ error: 'invalid password' }, 401);
    this.#stop();
    this.#stop = clock.after(timeoutMs, onExpired);
    return json({ status: 'ok' });
  }

  close(): void {
    this.#stop();
  }
}
