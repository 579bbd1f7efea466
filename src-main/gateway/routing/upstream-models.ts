// The models that upstreams themselves list, asked for when a client wants one that is not known here.

import { testProvider } from '../../diagnostics/provider-test.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Dispatchers } from '../../net/dispatchers.ts';
import type { Credential } from './credential.ts';

/** Milliseconds for which a list that was asked for is not asked for again. */
const freshMs = 10 * 60_000;
/** Milliseconds that a client with an unknown model waits at most. */
const timeoutMs = 3_000;

export interface UpstreamModelsOptions {
  readonly clock: Clock;
  readonly dispatchers: Dispatchers;
  readonly proxyUrl: () => string;
  /** Told when a credential's list has come. */
  readonly onLearned: () => void;
}

export class UpstreamModels {
  readonly #options: UpstreamModelsOptions;
  readonly #asked = new Map<string, { readonly at: number; readonly done: Promise<void> }>();
  /** By credential id. */
  readonly known = new Map<string, readonly string[]>();

  constructor(options: UpstreamModelsOptions) {
    this.#options = options;
  }

  /** Asks those who may have models that nobody has named yet, and waits a moment for them. */
  async ask(credentials: readonly Credential[]): Promise<void> {
    const { clock } = this.#options;
    const open = credentials.filter(({ hasOwnModels, listing }) => !hasOwnModels && listing?.offersListed === true);
    if (open.length === 0) return;
    const all = Promise.all(open.map((credential) => this.#askOnce(credential)));
    await new Promise<void>((resolve) => {
      const stop = clock.after(timeoutMs, resolve);
      void all.then(() => {
        stop();
        resolve();
      });
    });
  }

  /** Forgets keys that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const id of this.#asked.keys()) {
      if (credentialIds.has(id)) continue;
      this.#asked.delete(id);
      this.known.delete(id);
    }
  }

  #askOnce(credential: Credential): Promise<void> {
    const { clock } = this.#options;
    const before = this.#asked.get(credential.id);
    if (before !== undefined && clock.now() - before.at < freshMs) return before.done;
    const done = this.#list(credential);
    this.#asked.set(credential.id, { at: clock.now(), done });
    return done;
  }

  async #list({ id, listing, key, baseUrl, proxyUrl, headers }: Credential): Promise<void> {
    if (listing === undefined) return;
    const { ok, models } = await testProvider({ upstream: listing, key, baseUrl, proxyUrl, headers }, this.#options);
    if (!ok || models.length === 0) return;
    this.known.set(id, models);
    this.#options.onLearned();
  }
}
