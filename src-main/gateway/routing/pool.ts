// All credentials at one moment and who offers which model. Frozen; a change of config or accounts makes a new one.
import type { Config } from '../../../src-shared/config.ts';
import type { Account } from '../../accounts/account.ts';
import type { LearnedModels } from '../../accounts/learned-models.ts';
import type { OwnFacts } from '../../models/model-facts.ts';
import type { Provider } from '../../providers/provider.ts';
import { accountCredentials } from './account-credentials.ts';
import { configCredentials, type ListedByKey } from './config-credentials.ts';
import type { Credential, OfferedModel } from './credential.ts';
import { isOfFamily, unlistedModel } from './offers.ts';

/** A credential and the model it offers under a name. */
export interface Offer {
  readonly credential: Credential;
  readonly model: OfferedModel;
  /** Somebody has named it; else only its name looks like one of the credential's vendor. */
  readonly isKnown: boolean;
}

/** Names to be tried in order, asked for by one name. */
export interface Chain {
  readonly name: string;
  readonly elements: readonly string[];
}

export interface PoolOptions {
  readonly chains?: Config['model-chains'];
  /** Models of a credential with a prefix are offered with it only. */
  readonly forcePrefix?: boolean;
  /** What the user says of models. */
  readonly ownFacts?: readonly OwnFacts[];
}

export class Pool {
  readonly credentials: readonly Credential[];
  /** Every model that is listed, once, in the order of the credentials. */
  readonly models: readonly OfferedModel[];
  /** What the user says of models. */
  readonly ownFacts: readonly OwnFacts[];
  readonly #chains: ReadonlyMap<string, Chain>;
  readonly #forcePrefix: boolean;
  /** By the name in small letters, without prefix. */
  readonly #plain = new Map<string, Offer[]>();
  /** By prefix, slash and the name in small letters: prefixes are told apart by case. */
  readonly #prefixed = new Map<string, Offer[]>();

  constructor(credentials: readonly Credential[], options: PoolOptions = {}) {
    const { chains = {}, forcePrefix = false, ownFacts = [] } = options;
    this.credentials = credentials;
    this.#forcePrefix = forcePrefix;
    this.ownFacts = ownFacts;
    const models = new Map<string, OfferedModel>();
    const list = (into: Map<string, Offer[]>, key: string, offer: Offer) => {
      if (!models.has(key)) models.set(key, offer.model);
      const offers = into.get(key);
      if (offers === undefined) into.set(key, [offer]);
      else offers.push(offer);
    };
    for (const credential of credentials) {
      for (const model of credential.models) {
        const name = model.name.toLowerCase();
        const { prefix } = credential;
        if (this.#isPlain(credential, model.name)) list(this.#plain, name, { credential, model, isKnown: true });
        if (prefix !== '')
          list(this.#prefixed, `${prefix}/${name}`, { credential, model: withPrefix(model, prefix), isKnown: true });
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

  /** Who lists a model; case does not matter but in a prefix. */
  listed(name: string): readonly Offer[] {
    const [prefix, bare] = splitPrefix(name);
    const plain = this.#plain.get(name.toLowerCase()) ?? [];
    const prefixed = bare === undefined ? [] : (this.#prefixed.get(`${prefix}/${bare.toLowerCase()}`) ?? []);
    return [...plain, ...prefixed];
  }

  /** Who serves a model, listed or not. */
  offers(name: string): readonly Offer[] {
    const listed = this.listed(name);
    // What somebody else was given by name is not taken for a model of a vendor whose names look the same.
    if (listed.some(({ credential, model }) => !isOfFamily(credential, withoutPrefix(model, credential.prefix)))) {
      return listed;
    }
    const known = new Set(listed.map(({ credential }) => credential));
    const unlisted = this.credentials.flatMap((credential) => {
      if (known.has(credential)) return [];
      const bare = this.bareName(credential, name);
      const model = bare === undefined ? undefined : unlistedModel(credential, bare);
      if (model === undefined) return [];
      return bare === name
        ? [{ credential, model, isKnown: credential.hidden.includes(model) }]
        : [{ credential, model: withPrefix(model, credential.prefix), isKnown: false }];
    });
    if (unlisted.length === 0) return listed;
    const order = new Map(this.credentials.map((credential, index) => [credential, index]));
    const at = ({ credential }: Offer) => order.get(credential) ?? 0;
    return [...listed, ...unlisted].sort((one, other) => at(one) - at(other));
  }

  /** A name as a credential knows it, without its prefix; undefined for one that is asked of others only. */
  bareName(credential: Credential, name: string): string | undefined {
    const { prefix } = credential;
    if (prefix !== '' && name.startsWith(`${prefix}/`)) return name.slice(prefix.length + 1);
    return this.#isPlain(credential, name) ? name : undefined;
  }

  /** Whether a credential offers a model under its bare name. */
  #isPlain({ prefix }: Credential, name: string): boolean {
    return prefix === '' || !this.#forcePrefix || name === prefix;
  }
}

const folded = (name: string) =>
  name
    .trim()
    .replace(/^models\//, '')
    .toLowerCase();

function splitPrefix(name: string): readonly [prefix: string, bare: string | undefined] {
  const slash = name.indexOf('/');
  return slash < 0 ? ['', undefined] : [name.slice(0, slash), name.slice(slash + 1)];
}

const withPrefix = (model: OfferedModel, prefix: string): OfferedModel => ({
  ...model,
  name: `${prefix}/${model.name}`,
  ...(model.shownAs !== undefined && { shownAs: `${prefix}/${model.shownAs}` }),
});

const withoutPrefix = (model: OfferedModel, prefix: string): OfferedModel =>
  prefix !== '' && model.name.startsWith(`${prefix}/`)
    ? { ...model, name: model.name.slice(prefix.length + 1) }
    : model;

export interface PoolSources {
  readonly config: Config;
  /** Its top-level keys in the order of the file. */
  readonly keyOrder: readonly string[];
  readonly accounts: readonly Account[];
  /** Models that the services of keys have listed. */
  readonly listed: ListedByKey;
  readonly learned: Pick<LearnedModels, 'listOf' | 'answeredBy'>;
  readonly providers: readonly Provider[];
}

export const buildPool = ({ config, keyOrder, accounts, listed, learned, providers }: PoolSources): Pool =>
  new Pool(
    [
      ...configCredentials(config, listed, providers, keyOrder),
      ...accountCredentials(accounts, config, providers, learned),
    ],
    {
      chains: config['model-chains'],
      forcePrefix: config['force-model-prefix'],
      ownFacts: config['model-facts'],
    },
  );
