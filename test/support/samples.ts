// One valid call of every row: its canonical input, and the same call as a client sends it over HTTP.
import { z } from 'zod';
import { prefixed } from '../../src-main/operations/prefixed.ts';
import type { AppContract, OperationName } from '../../src-shared/contract/index.ts';
import type { Input } from '../../src-shared/operation.ts';
import { type KeyListName, keyListNames, type LoginName, loginNames } from '../../src-shared/providers.ts';
import { apiSettings, type SettingName, settings } from '../../src-shared/settings.ts';

export interface Sample<N extends OperationName = OperationName> {
  readonly input: Input<AppContract[N]>;
  /** Path with query below the management prefix. */
  readonly path: string;
  /** JSON unless it is a string. */
  readonly body?: unknown;
}

const entry = { 'api-key': 'key-1', 'base-url': 'https://example.com', headers: { 'X-A': '1' } };
const provider = { name: 'one', 'base-url': 'https://example.com', 'api-key-entries': [{ 'api-key': 'key-1' }] };
const policy = { 'api-key': 'key-1', name: 'one', limits: [{ requests: 5, per: 'day' as const }] };
const unreachable = { name: 'none', 'base-url': 'http://127.0.0.1:9/v1' };
const account = '{"type":"claude","email":"a@example.com"}';
const usage = { version: 1, exported_at: '2026-01-01T00:00:00Z', usage: emptyUsage() } as const;

function emptyUsage() {
  const none: Record<string, never> = {};
  return {
    total_requests: 0,
    success_count: 0,
    failure_count: 0,
    total_tokens: 0,
    apis: none,
    requests_by_day: none,
    requests_by_hour: none,
    tokens_by_day: none,
    tokens_by_hour: none,
  };
}

const stringList = <const N extends 'api-keys' | 'generative-language-api-key'>(name: N) =>
  prefixed(name, {
    get: { input: undefined, path: `/${name}` },
    replace: { input: { items: ['a', 'b'] }, path: `/${name}`, body: ['a', 'b'] },
    patch: { input: { old: 'none', new: 'c' }, path: `/${name}`, body: { old: 'none', new: 'c' } },
    remove: { input: { value: 'zz' }, path: `/${name}?value=zz` },
  });

const entryList = <const N extends KeyListName>(name: N) =>
  prefixed(name, {
    get: { input: undefined, path: `/${name}` },
    replace: { input: { items: [entry] }, path: `/${name}`, body: { items: [entry] } },
    patch: { input: { index: 0, value: entry }, path: `/${name}`, body: { index: 0, value: entry } },
    remove: { input: { index: 0 }, path: `/${name}?index=0` },
  });

const keyListSamples = (): ReturnType<typeof entryList<KeyListName>> =>
  Object.assign({}, ...keyListNames.map((name) => entryList(name)));

const providerMap = <const N extends 'oauth-excluded-models' | 'oauth-model-alias', T>(
  name: N,
  field: string,
  items: T,
) =>
  prefixed(name, {
    get: { input: undefined, path: `/${name}` },
    replace: { input: { value: { claude: items } }, path: `/${name}`, body: { claude: items } },
    patch: { input: { provider: 'codex', items }, path: `/${name}`, body: { provider: 'codex', [field]: items } },
    remove: { input: { provider: 'claude' }, path: `/${name}?provider=claude` },
  });

type SettingSamples = {
  readonly [N in `${SettingName}.get` | `${SettingName}.set`]: Sample<N>;
};

/** Each setting with a value that is not its default. */
function settingSamples(): SettingSamples {
  const values: Partial<Record<string, unknown>> = {
    'proxy-url': 'http://127.0.0.1:9',
    'routing/session-affinity-ttl': '2h',
  };
  const pairs = apiSettings(settings).map(([path, { schema, default: usual }]) => {
    const others = schema instanceof z.ZodEnum ? schema.options : [true, 7, 'other'];
    const value = values[path] ?? others.find((other) => other !== usual && schema.safeParse(other).success);
    return prefixed(path, {
      get: { input: undefined, path: `/${path}` },
      set: { input: { value }, path: `/${path}`, body: { value } },
    });
  });
  return Object.assign({}, ...pairs);
}

const loginSamples = Object.fromEntries(
  loginNames.map((name) => [`${name}-login.start`, { input: {}, path: `/${name}-auth-url` }]),
) as { readonly [N in `${LoginName}-login.start`]: Sample<N> };

export const samples = {
  ...settingSamples(),
  ...stringList('api-keys'),
  ...stringList('generative-language-api-key'),
  ...keyListSamples(),
  'openai-compatibility.get': { input: undefined, path: '/openai-compatibility' },
  'openai-compatibility.replace': { input: { items: [provider] }, path: '/openai-compatibility', body: [provider] },
  'openai-compatibility.patch': {
    input: { match: 'one', value: { disabled: true } },
    path: '/openai-compatibility',
    body: { name: 'one', value: { disabled: true } },
  },
  'openai-compatibility.remove': { input: { name: 'one' }, path: '/openai-compatibility?name=one' },
  ...providerMap('oauth-excluded-models', 'models', ['a', 'b-*']),
  ...providerMap('oauth-model-alias', 'aliases', [{ name: 'a', alias: 'b' }]),
  'proxy-url.clear': { input: undefined, path: '/proxy-url' },
  'config.get': { input: undefined, path: '/config' },
  'local-certificate.get': { input: undefined, path: '/local-certificate' },
  // A refused name: each accepted call makes another certificate.
  'local-certificate.create': { input: { names: ['a b'] }, path: '/local-certificate', body: { names: ['a b'] } },
  'config-notices.list': { input: undefined, path: '/config-notices' },
  'config-yaml.get': { input: undefined, path: '/config.yaml' },
  // A refused document: an accepted one would move the account folder of the test.
  'config-yaml.put': { input: { text: 'debug: [' }, path: '/config.yaml', body: 'debug: [' },
  'auth-files.list': { input: undefined, path: '/auth-files' },
  'auth-files.download': { input: { name: 'one.json' }, path: '/auth-files/download?name=one.json' },
  'auth-files.upload': {
    input: { files: [{ name: 'new.json', content: account }] },
    path: '/auth-files?name=new.json',
    body: account,
  },
  'auth-files.remove': { input: { name: 'two.json' }, path: '/auth-files?name=two.json' },
  'auth-files.set-status': {
    input: { name: 'one.json', disabled: true },
    path: '/auth-files/status',
    body: { name: 'one.json', disabled: true },
  },
  ...loginSamples,
  // Tools that are not known: others are the business of whoever runs the tests.
  'agents.list': { input: undefined, path: '/agents' },
  'agents.preview': { input: { id: 'none' }, path: '/agents/preview', body: { id: 'none' } },
  'agents.apply': { input: { id: 'none' }, path: '/agents/apply', body: { id: 'none' } },
  'agents.restore': { input: { id: 'none' }, path: '/agents/restore', body: { id: 'none' } },
  'agents.verify': { input: { id: 'none' }, path: '/agents/verify', body: { id: 'none' } },
  'auth-files.models': { input: { name: 'one.json' }, path: '/auth-files/models?name=one.json' },
  'model-definitions.get': { input: { channel: 'claude' }, path: '/model-definitions/claude' },
  'vertex.import': { input: { files: [] }, path: '/vertex/import' },
  ...prefixed('model-chains', {
    list: { input: undefined, path: '/model-chains' },
    set: {
      input: { name: 'best', models: ['a', 'b'] },
      path: '/model-chains',
      body: { name: 'best', models: ['a', 'b'] },
    },
    remove: { input: { name: 'best' }, path: '/model-chains?name=best' },
  }),
  ...prefixed('client-policies', {
    get: { input: undefined, path: '/client-policies' },
    replace: { input: { items: [policy] }, path: '/client-policies', body: [policy] },
    patch: { input: { index: 0, value: policy }, path: '/client-policies', body: { index: 0, value: policy } },
    remove: { input: { index: 0 }, path: '/client-policies?index=0' },
  }),
  'client-usage.list': { input: undefined, path: '/client-usage' },
  'route.explain': { input: { model: 'm' }, path: '/route?model=m' },
  'provider.recognize': {
    input: { text: 'gsk_12345678' },
    path: '/provider-recognition',
    body: { text: 'gsk_12345678' },
  },
  'local-servers.find': { input: undefined, path: '/local-servers' },
  // A passphrase that is too short: encrypted files of the same content differ.
  'backup.create': { input: { passphrase: 'short' }, path: '/backup', body: { passphrase: 'short' } },
  'backup.restore': {
    input: { content: 'none', passphrase: 'long enough' },
    path: '/backup/restore',
    body: { content: 'none', passphrase: 'long enough' },
  },
  'cooldowns.list': { input: undefined, path: '/cooldowns' },
  'cooldowns.reset': { input: { id: 'one.json' }, path: '/cooldowns?id=one.json' },
  'quota.reset': { input: { auth_index: 'f' }, path: '/reset-quota', body: { auth_index: 'f' } },
  'login.status': { input: { state: 'unknown' }, path: '/get-auth-status?state=unknown' },
  'login.callback': {
    input: { provider: 'anthropic', code: 'c', state: 'unknown' },
    path: '/oauth-callback',
    body: { provider: 'anthropic', code: 'c', state: 'unknown' },
  },
  'login.cancel': { input: { state: 'unknown' }, path: '/oauth-session?state=unknown' },
  'logs.get': { input: { limit: 5 }, path: '/logs?limit=5' },
  'recent-log.get': { input: undefined, path: '/recent-log' },
  'logs.clear': { input: undefined, path: '/logs' },
  'request-error-logs.list': { input: undefined, path: '/request-error-logs' },
  'request-error-logs.get': { input: { name: 'error-none.log' }, path: '/request-error-logs/error-none.log' },
  'request-log-by-id.get': { input: { id: 'none' }, path: '/request-log-by-id/none' },
  'latest-version.get': { input: undefined, path: '/latest-version' },
  'usage.get': { input: undefined, path: '/usage' },
  'usage.export': { input: undefined, path: '/usage/export' },
  'usage.import': { input: { document: usage }, path: '/usage/import', body: usage },
  'usage-queue.take': { input: { count: 2 }, path: '/usage-queue?count=2' },
  'api-key-usage.get': { input: undefined, path: '/api-key-usage' },
  'instances.list': { input: undefined, path: '/instances' },
  'banned-clients.list': { input: undefined, path: '/refused-clients' },
  'banned-clients.unban': { input: { address: '192.0.2.1' }, path: '/refused-clients?address=192.0.2.1' },
  'auto-off.list': { input: undefined, path: '/auto-off' },
  'auto-off.set': {
    input: { setting: 'debug', minutes: 10 },
    path: '/auto-off',
    body: { setting: 'debug', minutes: 10 },
  },
  'server-info.get': { input: undefined, path: '/server-info' },
  'server-settings.set': { input: { allowRemote: false }, path: '/server-settings', body: { allowRemote: false } },
  'management-key.replace': { input: undefined, path: '/management-key' },
  'models.list': { input: undefined, path: '/models' },
  'client-keys.list': { input: undefined, path: '/client-keys' },
  'client-keys.label': {
    input: { key: 'a', label: 'laptop' },
    path: '/client-keys/label',
    body: { key: 'a', label: 'laptop' },
  },
  'config-history.list': { input: undefined, path: '/config-history' },
  'config-history.get': { input: { id: 'none' }, path: '/config-history/none' },
  'config-yaml.check': { input: { text: 'debug: [' }, path: '/config-check', body: { text: 'debug: [' } },
  'account-limits.list': { input: undefined, path: '/account-limits' },
  'account-limits.refresh': {
    input: { name: 'one.json' },
    path: '/account-limits/refresh',
    body: { name: 'one.json' },
  },
  'account-activity.list': { input: undefined, path: '/account-activity' },
  'costs.history': {
    input: { step: 'hour', from: '1764500000000' },
    path: '/costs/history?step=hour&from=1764500000000',
  },
  'response-times.get': {
    input: { from: '1764500000000', to: '1764503600000', slots: '4' },
    path: '/response-times?from=1764500000000&to=1764503600000&slots=4',
  },
  'costs.get': { input: { by: 'day', from: '1764500000000' }, path: '/costs?by=day&from=1764500000000' },
  'requests.list': {
    input: { model: 'm*', status: '4xx', limit: '5', from: '2026-11-30T12:00:00.000Z' },
    path: '/requests?model=m*&status=4xx&limit=5&from=2026-11-30T12:00:00.000Z',
  },
  'requests.export': { input: { format: 'csv', q: 'x' }, path: '/requests/export?format=csv&q=x' },
  'requests.get': {
    input: { id: '01a22d80-43b7-7006-9ff9-5283e0ab8a47' },
    path: '/requests/01a22d80-43b7-7006-9ff9-5283e0ab8a47',
  },
  'requests.clear': { input: undefined, path: '/requests' },
  'usage-history.get': { input: undefined, path: '/usage-history' },
  'usage-history.set': { input: { keep: false }, path: '/usage-history', body: { keep: false } },
  'recent-requests.list': { input: undefined, path: '/recent-requests' },
  'activity.list': { input: undefined, path: '/activity' },
  'doctor.run': { input: { scope: 'local' }, path: '/doctor', body: { scope: 'local' } },
  'provider-test.run': {
    input: { list: 'openai-compatibility', entry: unreachable },
    path: '/provider-test',
    body: { list: 'openai-compatibility', entry: unreachable },
  },
  'proxy-test.run': {
    input: { url: 'http://127.0.0.1:9' },
    path: '/proxy-test',
    body: { url: 'http://127.0.0.1:9' },
  },
  'diagnostics.get': { input: undefined, path: '/diagnostics' },
  'found-accounts.get': { input: undefined, path: '/found-accounts' },
  'found-accounts.copy': { input: undefined, path: '/found-accounts' },
  'installations.list': { input: { directory: '/nowhere' }, path: '/installations?directory=/nowhere' },
  'installations.copy': {
    input: { accounts: { directory: '/nowhere', names: ['one.json'] } },
    path: '/installations',
    body: { accounts: { directory: '/nowhere', names: ['one.json'] } },
  },
  'auth-files.update': {
    input: { name: 'one.json', fields: { proxy_url: 'http://127.0.0.1:9' } },
    path: '/auth-files/fields',
    body: { name: 'one.json', proxy_url: 'http://127.0.0.1:9' },
  },
} satisfies { readonly [N in OperationName]: Sample<N> };
