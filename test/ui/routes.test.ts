import { describe, expect, test } from 'vitest';
import { deriveRoutes } from '../../scripts/derive-routes.ts';
import { encodeRequest, type Route } from '../../src-renderer/transport/route.ts';
import { createContractGroups, contract as table } from '../../src-shared/contract/index.ts';
import type { Contract } from '../../src-shared/operation.ts';
import { loginNames } from '../../src-shared/providers.ts';
import { settings } from '../../src-shared/settings.ts';

const contract: Contract = table;
const routes = deriveRoutes(createContractGroups(settings, loginNames));

/** What the server's decode makes of the request the window sends. */
function received(name: string, input: unknown): unknown {
  const { method, path, body } = encodeRequest(routes[name] as Route, input);
  const row = contract[name] as Contract[string];
  expect(Array.isArray(row.http.method) ? row.http.method : [row.http.method]).toContain(method);
  const url = new URL(path, 'http://server');
  const names = [...row.http.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
  const pattern = new RegExp(`^/v0/management${row.http.path.replace(/:\w+/g, '([^/]+)')}$`);
  const values = (pattern.exec(url.pathname) as RegExpExecArray).slice(1).map(decodeURIComponent);
  const wire = {
    text: typeof body === 'string' ? body : '',
    query: Object.fromEntries(url.searchParams),
    repeated: {},
    params: Object.fromEntries(names.map((key, index) => [key, values[index] as string])),
    body: row.http.body === 'text' ? body : body === undefined ? undefined : JSON.parse(body as string),
  };
  return row.http.decode ? row.http.decode(wire) : wire.body;
}

const inputs: readonly (readonly [string, unknown])[] = [
  ['debug.set', { value: true }],
  ['quota-exceeded/switch-project.set', { value: false }],
  ['api-keys.replace', { items: [] }],
  ['api-keys.replace', { items: ['a', 'ä&b'] }],
  ['api-keys.patch', { old: 'a', new: 'b' }],
  ['api-keys.remove', { value: 'a+b&c=d' }],
  ['api-keys.remove', { index: 0 }],
  ['claude-api-key.patch', { index: 0, value: { disabled: true } }],
  ['claude-api-key.remove', { 'api-key': 'k', 'base-url': '' }],
  ['openai-compatibility.replace', { items: [{ name: 'a', custom: 1 }] }],
  ['openai-compatibility.patch', { match: 'a', value: { name: 'b' } }],
  ['openai-compatibility.remove', { name: 'a' }],
  ['oauth-excluded-models.replace', { value: { claude: ['a'] } }],
  ['oauth-excluded-models.patch', { provider: 'claude', items: ['a'] }],
  ['oauth-model-alias.patch', { provider: 'claude', items: [{ name: 'a', alias: 'b' }] }],
  ['auth-files.remove', { names: ['a.json', 'b.json'] }],
  ['auth-files.remove', { all: true }],
  ['auth-files.set-status', { name: 'a.json', disabled: true }],
  ['auth-files.update', { names: ['a.json', 'b.json'], fields: { proxy_url: 'socks5://x:1', note: null } }],
  ['codex-login.start', { listen: true, projectId: 'p', proxyUrl: 'http://u:p@h:1' }],
  ['login.callback', { provider: 'codex', redirectUrl: 'http://localhost:1455/?code=a&state=b' }],
  ['config-yaml.put', { text: 'a: 1\r\n' }],
  ['logs.get', { after: 12, limit: 100 }],
  ['request-error-logs.get', { name: 'a b.log' }],
  ['usage.import', { document: { version: 1 } }],
  ['config-history.get', { id: 'x/y' }],
  ['provider-test.run', { list: 'claude-api-key', entry: { 'api-key': 'k' } }],
];

describe('the server understands what the window sends', () => {
  test.each(inputs)('%s %j', (name, input) => {
    expect(received(name, input)).toEqual(input);
  });
});
