// The pool in force: made again whenever the config, the accounts or the models that upstreams list change.
import type { Config } from '../../../src-shared/config.ts';
import type { Account } from '../../accounts/account.ts';
import type { LearnedModels } from '../../accounts/learned-models.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Dispatchers } from '../../net/dispatchers.ts';
import type { Provider } from '../../providers/provider.ts';
import { buildPool, type Pool } from './pool.ts';
import { elementsOf } from './route/elements.ts';
import { unrestrictedAccount, unrestrictedConfig } from './route/unrestricted.ts';
import { UpstreamModels } from './upstream-models.ts';

export interface LivePoolOptions {
  readonly config: () => Config;
  /** Its top-level keys in the order of the file. */
  readonly keyOrder: () => readonly string[];
  readonly accounts: () => readonly Account[];
  readonly clock: Clock;
  readonly dispatchers: Dispatchers;
  readonly providers: readonly Provider[];
  readonly learned: Pick<LearnedModels, 'listOf' | 'answeredBy'>;
}

export class LivePool {
  readonly #options: LivePoolOptions;
  readonly #upstreamModels: UpstreamModels;
  #current: Pool;
  #unrestricted: { readonly of: Pool; readonly pool: Pool } | undefined;

  constructor(options: LivePoolOptions) {
    this.#options = options;
    const { config, clock, dispatchers } = options;
    this.#upstreamModels = new UpstreamModels({
      clock,
      dispatchers,
      proxyUrl: () => config()['proxy-url'],
      onLearned: () => {
        this.#current = this.#build();
      },
    });
    this.#current = this.#build();
  }

  /** Frozen: requests under way go on with the one they began with. */
  get current(): Pool {
    return this.#current;
  }

  /** After a change; the ids of the credentials there are. */
  reload(): ReadonlySet<string> {
    this.#current = this.#build();
    const ids = new Set(this.#current.credentials.map(({ id }) => id));
    this.#upstreamModels.keepOnly(ids);
    return ids;
  }

  /** Asks upstreams for their models when nobody is known to have this one; `undefined` when somebody is. */
  learn(model: string): Promise<void> | undefined {
    const isMissing = elementsOf(this.#current, model).elements.some(
      ({ resolved }) => !resolved.offers.some(({ isKnown }) => isKnown),
    );
    return isMissing ? this.#upstreamModels.ask(this.#current.credentials) : undefined;
  }

  /** What there would be if nothing were disabled or excluded. */
  unrestricted(): Pool {
    if (this.#unrestricted?.of === this.#current) return this.#unrestricted.pool;
    const { config, accounts } = this.#options;
    const pool = this.#build(unrestrictedConfig(config()), accounts().map(unrestrictedAccount));
    this.#unrestricted = { of: this.#current, pool };
    return pool;
  }

  #build(config = this.#options.config(), accounts = this.#options.accounts()): Pool {
    const { providers, learned } = this.#options;
    const keyOrder = this.#options.keyOrder();
    return buildPool({ config, keyOrder, accounts, listed: this.#upstreamModels.known, learned, providers });
  }
}
