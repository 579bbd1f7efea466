// All credentials at one moment and who offers which model. Frozen; a change of config or accounts makes a new one.
import type { Config } from '../../../src-shared/config.ts';
import type { Account } from '../../accounts/account.ts';
import type { Provider } from '../../providers/provider.ts';
import { accountCredentials } from './account-credentials.ts';
import { configCredentials, type LearnedModels } from './config-credentials.ts';
import type { Credential, OfferedModel } from './credential.ts';

/** A credential and the model it offers under a name. */
export interface Offer {
  readonly credential: Credential;
  readonly model: OfferedModel;
}

/** Names to be tried in order, asked for by one name. */
export interface Chain {
  readonly name: string;
  readonly elements: readonly string[];
}

export class Pool {
  readonly credentials: readonly Credential[];
  /** Every model that is offered, once, in the order of the credentials. */
  readonly models: readonly OfferedModel[];
  readonly #offers = new Map<string, Offer[]>();
  readonly #chains: ReadonlyMap<string, Chain>;

  constructor(credentials: readonly Credential[], chains: Config['model-chains'] = {}) {
    this.credentials = credentials;
    const models = new Map<string, OfferedModel>();
    for (const credential of credentials) {
      for (const model of credential.models) {
        const name = model.name.toLowerCase();
        if (!models.has(name)) models.set(name, model);
        const offers = this.#offers.get(name);
        if (offers === undefined) this.#offers.set(name, [{ credential, model }]);
        else offers.push({ credential, model });
      }
    }
    this.#chains = new Map(
      Object.entries(chains).map(([name, elements]) => [folded(name), { name: name.trim(), elements }]),
    );
    this.models = [...models.values()];
  }

  /** The chain of this name, whose elements may hide behind it. */
  chain(name: string): Chain | undefined {
    return this.#chains.size === 0 ? undefined : this.#chains.get(folded(name));
  }

  get chains(): readonly Chain[] {
    return [...this.#chains.values()];
  }

  /** Who offers a model; case does not matter. */
  offers(name: string): readonly Offer[] {
    return this.#offers.get(name.toLowerCase()) ?? [];
  }
}

const folded = (name: string) =>
  name
    .trim()
    .replace(/^models\//, '')
    .toLowerCase();

export const buildPool = (
  config: Config,
  accounts: readonly Account[],
  learned: LearnedModels,
  providers: readonly Provider[],
): Pool =>
  new Pool(
    [...configCredentials(config, learned, providers), ...accountCredentials(accounts, config, providers)],
    config['model-chains'],
  );
