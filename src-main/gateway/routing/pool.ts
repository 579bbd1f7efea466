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

export class Pool {
  readonly credentials: readonly Credential[];
  /** Every model that is offered, once, in the order of the credentials. */
  readonly models: readonly OfferedModel[];
  readonly #offers = new Map<string, Offer[]>();

  constructor(credentials: readonly Credential[]) {
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
    this.models = [...models.values()];
  }

  /** Who offers a model; case does not matter. */
  offers(name: string): readonly Offer[] {
    return this.#offers.get(name.toLowerCase()) ?? [];
  }
}

export const buildPool = (
  config: Config,
  accounts: readonly Account[],
  learned: LearnedModels,
  providers: readonly Provider[],
): Pool =>
  new Pool([...configCredentials(config, learned, providers), ...accountCredentials(accounts, config, providers)]);
