// Which provider an account belongs to, and with what that is asked on its behalf.
import type { Clock } from '../lib/time/clock.ts';
import { delay } from '../lib/time/delay.ts';
import { type Dispatchers, proxyLabel } from '../net/dispatchers.ts';
import type { Fields } from '../net/provider-request.ts';
import { providerOfFile, providers } from '../providers/index.ts';
import { requiredClientId } from '../providers/oauth/client-ids.ts';
import type { Provider, ProviderCall } from '../providers/provider.ts';
import { secretOf } from './refresh-due.ts';

export interface ProviderCallOptions {
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly clock: Clock;
  readonly providers?: readonly Provider[];
  /** `oauth-client-ids` of the config in force. */
  readonly clientIds: () => Readonly<Record<string, string>>;
}

export class ProviderCalls {
  readonly #options: ProviderCallOptions;

  constructor(options: ProviderCallOptions) {
    this.#options = options;
  }

  /** `undefined` for a file of no provider we know. */
  providerOf({ type }: Fields): Provider | undefined {
    const { providers: known = providers } = this.#options;
    return typeof type === 'string' ? providerOfFile(known, type) : undefined;
  }

  refreshOf(content: Fields): Provider['refresh'] {
    return this.providerOf(content)?.refresh;
  }

  /** What the provider trades for new tokens; `''` when there is nothing. */
  secretOf(content: Fields): string {
    const refresh = this.refreshOf(content);
    return refresh === undefined ? '' : secretOf(content, refresh);
  }

  /** Throws Problem for a bad proxy address, and `client_id_missing` when the config has to name one. */
  callFor(content: Fields, secret: string, signal: AbortSignal): ProviderCall {
    const { clock, dispatchers, proxyUrl } = this.#options;
    const own = typeof content.proxy_url === 'string' ? content.proxy_url.trim() : '';
    const address = own || proxyUrl();
    return {
      dispatcher: dispatchers.for(address),
      proxy: proxyLabel(address),
      clock,
      signal,
      secrets: [secret],
      uniqueTime: () => clock.now(),
      clientId: this.#clientIdOf(content),
      pause: (ms) => delay(clock, signal, ms),
    };
  }

  #clientIdOf(content: Fields): string {
    const provider = this.providerOf(content);
    return provider === undefined ? '' : requiredClientId(provider, this.#options.clientIds());
  }
}
