// `GET /keep-alive`: a program that started this one with `--password` ends it by falling silent.
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { ManagementKey } from '../management-auth/management-key.ts';
import { presentedKey } from './auth/access.ts';
import { type HttpResponse, json } from './response.ts';

const silenceMs = 10_000;

export interface KeepAliveOptions {
  readonly key: ManagementKey;
  readonly clock: Clock;
  /** Called once, when 10 s have passed without a good call. */
  readonly onExpired: () => void;
}

/** Counts from its creation. Make one only where there is a local password: otherwise the path does not exist. */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #stop: Disposer;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#stop = options.clock.after(silenceMs, options.onExpired);
  }

  answer(headers: IncomingHttpHeaders): HttpResponse {
    const { key, clock, onExpired } = this.#options;
    if (!key.isLocalPassword(presentedKey(headers, 'x-local-password')))
      return json({ error: 'invalid password' }, 401);
    this.#stop();
    this.#stop = clock.after(silenceMs, onExpired);
    return json({ status: 'ok' });
  }

  close(): void {
    this.#stop();
  }
}
