// The accounts one has signed in to as credentials.
import type { Config } from '../../../src-shared/config.ts';
import type { ProviderRow } from '../../../src-shared/providers.ts';
import type { Account } from '../../accounts/account.ts';
import { accountIndex } from '../../accounts/account-details.ts';
import { providerOfFile } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';
import { boundOf } from './bounds/places.ts';
import { type Credential, defaultChoice, type OfferedModel } from './credential.ts';
import { aliasedModels, namedModels, withoutExcluded } from './offers.ts';

/** All enabled accounts of the providers. */
export function accountCredentials(
  accounts: readonly Account[],
  config: Config,
  providers: readonly Provider[],
): readonly Credential[] {
  return accounts.flatMap((account) => {
    const provider = providerOfFile(providers, account.provider);
    const upstream = provider?.upstream.account;
    if (provider === undefined || upstream === undefined || account.disabled) return [];
    const { row, models } = provider;
    const known = namedModels(models.names, models.owner);
    const id = `account:${account.name}`;
    const authIndex = accountIndex(account.name);
    const publicSource = `${row.id}#${authIndex.slice(0, 6)}`;
    const credential: Credential = {
      id,
      provider: row.id,
      upstream,
      isNamed: false,
      listing: undefined,
      label: `${row.id} ${account.name}`,
      source: account.email || account.name,
      sourceName: account.name,
      publicSource,
      authIndex,
      bounds: boundOf(id, account.options.max_concurrent, publicSource),
      baseUrl: upstream.baseUrl(account.content),
      configuredUrl: '',
      proxyUrl: account.options.proxy_url ?? '',
      headers: account.options.headers ?? {},
      priority: account.options.priority ?? defaultChoice.priority,
      weight: account.options.weight ?? defaultChoice.weight,
      key: '',
      account,
      hasOwnModels: false,
      models: withoutExcluded(
        withAliases(known, entryOf(config['oauth-model-alias'], row), models.owner),
        entryOf(config['oauth-excluded-models'], row),
      ),
    };
    return [credential];
  });
}

/** Aliases are offered beside the models they stand for. */
function withAliases(
  known: readonly OfferedModel[],
  entries: Config['oauth-model-alias'][string],
  owner: string,
): readonly OfferedModel[] {
  const aliases = aliasedModels(entries, owner);
  const taken = new Set(aliases.map(({ name }) => name.toLowerCase()));
  return [...aliases, ...known.filter(({ name }) => !taken.has(name.toLowerCase()))];
}

/** The entry of a provider, under its id or else under one of the types of its account files. */
function entryOf<T>(entries: Readonly<Record<string, T[]>>, { id, signIn }: ProviderRow): T[] {
  const name = [id, ...(signIn?.types ?? [])].find((each) => Object.hasOwn(entries, each));
  return (name === undefined ? undefined : entries[name]) ?? [];
}
