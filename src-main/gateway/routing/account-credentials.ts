// The accounts of the five logins as credentials.
import type { Config } from '../../../src-shared/config.ts';
import type { Account } from '../../accounts/account.ts';
import { stringOf, textOf } from '../model/json.ts';
import type { Credential, OfferedModel, UpstreamKind } from './credential.ts';
import { aliasedModels, namedModels, withoutExcluded } from './offers.ts';
import { knownModels, type ModelFamily, ownerOf } from './static-models.ts';

interface AccountKind {
  readonly kind: UpstreamKind;
  readonly family: ModelFamily;
  readonly baseUrl: (content: Account['content']) => string;
}

const kinds = new Map<string, AccountKind>(
  Object.entries({
    claude: { kind: 'claude', family: 'claude', baseUrl: () => 'https://api.anthropic.com' },
    codex: { kind: 'codex', family: 'codex', baseUrl: () => 'https://chatgpt.com/backend-api/codex' },
    'gemini-cli': { kind: 'gemini-cli', family: 'gemini', baseUrl: () => 'https://cloudcode-pa.googleapis.com' },
    qwen: { kind: 'qwen', family: 'qwen', baseUrl: qwenBase },
    iflow: {
      kind: 'iflow',
      family: 'iflow',
      baseUrl: ({ base_url }) => (stringOf(base_url)?.trim() || 'https://apis.iflow.cn/v1').replace(/\/+$/, ''),
    },
  }),
);

/** `resource_url` is a host name, at times with scheme or path. */
function qwenBase({ resource_url }: Account['content']): string {
  const resource = textOf(resource_url).trim().replace(/\/+$/, '');
  if (resource === '') return 'https://portal.qwen.ai/v1';
  const address = /^https?:\/\//.test(resource) ? resource : `https://${resource}`;
  return address.endsWith('/v1') ? address : `${address}/v1`;
}

/** Files call Google accounts `gemini`. */
const providerOf = ({ provider }: Account) => (provider === 'gemini' ? 'gemini-cli' : provider);

/** All enabled accounts of a known provider. */
export function accountCredentials(accounts: readonly Account[], config: Config): readonly Credential[] {
  return accounts.flatMap((account) => {
    const provider = providerOf(account);
    const kind = kinds.get(provider);
    if (kind === undefined || account.disabled) return [];
    const id = `account:${account.name}`;
    const owner = ownerOf(kind.family);
    const known = namedModels(knownModels(kind.family), owner);
    const credential: Credential = {
      id,
      provider,
      kind: kind.kind,
      label: `${provider} ${account.name}`,
      source: account.email || account.name,
      baseUrl: kind.baseUrl(account.content),
      proxyUrl: account.proxyUrl,
      headers: {},
      key: '',
      account,
      hasOwnModels: false,
      models: withoutExcluded(
        withAliases(known, config, provider, owner),
        byProvider(config['oauth-excluded-models'], provider),
      ),
    };
    return [credential];
  });
}

/** Aliases are offered beside the models they stand for. */
function withAliases(
  known: readonly OfferedModel[],
  config: Config,
  provider: string,
  owner: string,
): readonly OfferedModel[] {
  const aliases = aliasedModels(byProvider(config['oauth-model-alias'], provider), owner);
  const taken = new Set(aliases.map(({ name }) => name.toLowerCase()));
  return [...aliases, ...known.filter(({ name }) => !taken.has(name.toLowerCase()))];
}

/** The entry of a provider; Google's may go by either of its names. */
function byProvider<T>(lists: Readonly<Record<string, readonly T[]>>, provider: string): readonly T[] {
  const named = Object.hasOwn(lists, provider) ? lists[provider] : undefined;
  return named ?? (provider === 'gemini-cli' ? lists.gemini : undefined) ?? [];
}
