// The accounts one has signed in to as credentials.

import { prefixText } from '../../../src-shared/account-fields.ts';
import type { Config } from '../../../src-shared/config.ts';
import type { ProviderRow } from '../../../src-shared/provider-row.ts';
import type { Account } from '../../accounts/account.ts';
import { knownModels } from '../../accounts/account-models.ts';
import type { LearnedModels } from '../../accounts/learned-models.ts';
import { providerOfFile } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';
import { boundOf } from './bounds/places.ts';
import { type Credential, defaultChoice, notNegative } from './credential.ts';
import { accountModels, exclusions, namedModels, withoutExcluded } from './offers.ts';

/** All enabled accounts of the providers. */
export function accountCredentials(
  accounts: readonly Account[],
  config: Config,
  providers: readonly Provider[],
  learned: Pick<LearnedModels, 'listOf' | 'answeredBy'>,
): readonly Credential[] {
  return accounts.flatMap((account) => {
    const provider = providerOfFile(providers, account.provider);
    const upstream = provider?.upstream.account;
    if (provider === undefined || upstream === undefined || account.disabled) return [];
    const { row, models } = provider;
    const baseUrl = upstream.baseUrl(account.content);
    if (baseUrl === undefined) return [];
    const id = `account:${account.name}`;
    const authIndex = account.index;
    const publicSource = `${row.id}#${authIndex.slice(0, 6)}`;
    const names = knownModels(provider, account.name, learned).map((one) => one.id);
    const aliases = entryOf(config['oauth-model-alias'], row) ?? entryOf(config['oauth-model-mappings'], row);
    const offered = accountModels(namedModels(names, models.owner), aliases ?? [], models.owner);
    const excluded = exclusions([
      ...(account.options.excluded_models ?? []),
      ...(entryOf(config['oauth-excluded-models'], row) ?? []),
    ]);
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
      baseUrl,
      configuredUrl: '',
      proxyUrl: account.options.proxy_url ?? '',
      headers: account.options.headers ?? {},
      priority: account.options.priority ?? defaultChoice.priority,
      weight: account.options.weight ?? defaultChoice.weight,
      key: '',
      usesWebSockets: account.options.websockets,
      account,
      hasOwnModels: false,
      requestRetry: notNegative(account.options.request_retry),
      disableCooling: account.options.disable_cooling,
      prefix: prefixText(account.options.prefix ?? ''),
      models: withoutExcluded(offered.listed, excluded),
      hidden: withoutExcluded(offered.hidden, excluded),
      family: { patterns: models.family ?? [], isServed: true, excluded, owner: models.owner },
    };
    return [credential];
  });
}

/** What a map of the config has for a provider, under its id or else under one of the types of its account files. */
function entryOf<T>(entries: Readonly<Record<string, T[]>>, { id, signIn }: ProviderRow): T[] | undefined {
  const byName = new Map(Object.entries(entries).map(([name, items]) => [name.trim().toLowerCase(), items]));
  const name = [id, ...(signIn?.types ?? [])].find((each) => byName.has(each));
  return name === undefined ? undefined : byName.get(name);
}
