// The catalogue of models that a vendor gives its own clients, asked through an account when one of these clients asks.
import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import { ProviderError } from '../../net/provider-error.ts';
import { sendForObject } from '../../net/provider-request.ts';
import { AccountTokens } from '../request/account-tokens.ts';
import type { RequestServices } from '../request/request-context.ts';
import type { Credential } from '../routing/credential.ts';

/** How long an answer serves the same version of the client. Milliseconds. */
const maxAgeMs = 5 * 60_000;
/** Clients wait for the catalogue before they begin. Milliseconds for one account. */
const timeoutMs = 10_000;
/** An entry holds the whole prompt of the client. */
const maxBytes = 8 * 1024 * 1024;
const maxKept = 16;
const maxAsked = 3;
/** What a client says of its version goes into an address. */
const versionPattern = /^[\w.+-]{1,64}$/;

export interface VendorCatalogueOptions
  extends Pick<RequestServices, 'accounts' | 'clock' | 'dispatchers' | 'log' | 'userAgent'> {
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
}

interface Kept {
  readonly until: number;
  readonly entries: Promise<readonly JsonObject[]>;
}

export class VendorCatalogue {
  readonly #options: VendorCatalogueOptions;
  /** By account and version, what was asked first first. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: VendorCatalogueOptions) {
    this.#options = options;
  }

  /** The entries as the vendor gave them; none without an account, or when the vendor refuses. Never rejects. */
  async entries(version: string, credentials: readonly Credential[]): Promise<readonly JsonObject[]> {
    if (!versionPattern.test(version)) return [];
    const able = credentials.filter(({ upstream }) => upstream.catalogue !== undefined);
    for (const credential of able.slice(0, maxAsked)) {
      const entries = await this.#entriesOf(credential, version);
      if (entries.length > 0) return entries;
    }
    return [];
  }

  #entriesOf(credential: Credential, version: string): Promise<readonly JsonObject[]> {
    const now = this.#options.clock.now();
    const name = `${credential.id}\n${version}`;
    const before = this.#kept.get(name);
    if (before !== undefined && before.until > now) return before.entries;
    const entries = this.#ask(credential, version).catch((error: Error) => {
      // Other errors may hold what is secret.
      const why = error instanceof ProviderError ? error.message : error.name;
      this.#options.log.info(`${credential.label}: no catalogue of models: ${why}`);
      return [];
    });
    this.#kept.delete(name);
    this.#kept.set(name, { until: now + maxAgeMs, entries });
    for (const oldest of this.#kept.keys()) if (this.#kept.size > maxKept) this.#kept.delete(oldest);
    return entries;
  }

  async #ask(credential: Credential, version: string): Promise<readonly JsonObject[]> {
    const { clock, dispatchers, proxyUrl, userAgent } = this.#options;
    const current = await new AccountTokens(this.#options).withValidToken(credential);
    if ('error' in current) throw new ProviderError('rejected', current.error.message);
    const { upstream, key, account } = current;
    const request = upstream.catalogue?.({ key, account: account?.content }, version);
    if (request === undefined) return [];
    const late = new AbortController();
    const stop = clock.after(timeoutMs, () => late.abort(new ProviderError('unreachable', 'No answer in 10 s.')));
    try {
      const http = {
        dispatcher: dispatchers.for(credential.proxyUrl || proxyUrl()),
        proxy: '',
        clock,
        signal: late.signal,
        secrets: Object.values(request.headers),
      };
      const headers = { accept: 'application/json', 'user-agent': userAgent, ...request.headers };
      const { models } = await sendForObject(http, { method: 'GET', url: request.url, headers, maxBytes });
      return Array.isArray(models) ? models.filter(isObject) : [];
    } finally {
      stop();
    }
  }
}
