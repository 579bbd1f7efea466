// `GET /keep-alive`: the server ends when the program that started it with `--password` stops calling this.
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { ClientFacts } from './auth/client-address.ts';
import type { ManagementAuth } from './auth/management-auth.ts';
import { type HttpResponse, json } from './response.ts';

const timeoutMs = 10_000;

export interface KeepAliveOptions {
  readonly auth: Pick<ManagementAuth, 'authenticateLocally'>;
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

  respond(request: ClientFacts): HttpResponse {
    const { auth, clock, onExpired } = this.#options;
    const result = auth.authenticateLocally(request);
    if ('rejection' in result) return result.rejection;
    this.#stop();
    this.#stop = clock.after(timeoutMs, onExpired);
    return json({ status: 'ok' });
  }

  close(): void {
    this.#stop();
  }
}
