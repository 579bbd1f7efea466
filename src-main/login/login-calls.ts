// How the requests of logins are sent: through a login's own proxy or else the configured one.
import type { Clock } from '../lib/time/clock.ts';
import { delay } from '../lib/time/delay.ts';
import { type Dispatchers, proxyLabel } from '../net/dispatchers.ts';
import type { LoginOptions } from './login.ts';

interface LoginCallOptions {
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly clock: Clock;
}

export class LoginCalls {
  readonly #options: LoginCallOptions;
  #lastTime = 0;

  constructor(options: LoginCallOptions) {
    this.#options = options;
  }

  /** `own`: the proxy that was chosen for this login. Throws Problem for a bad proxy address. */
  callFor(own: string | undefined, clientId: string): LoginOptions['call'] {
    const { dispatchers, proxyUrl, clock } = this.#options;
    const address = own ?? proxyUrl();
    return {
      dispatcher: dispatchers.for(address),
      proxy: proxyLabel(address),
      clock,
      clientId,
      uniqueTime: () => {
        this.#lastTime = Math.max(clock.now(), this.#lastTime + 1);
        return this.#lastTime;
      },
      pause: (signal, ms) => delay(clock, signal, ms),
    };
  }
}
