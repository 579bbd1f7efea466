// The list of models in Codex' form: the vendor's entries as they are, and whole entries for the models of others.
import { expect, test } from 'vitest';
import { accountWorld, files } from './support/account-world.ts';
import { gatewayWorld, sendJson } from './support/gateway-world.ts';
import type { HostScript } from './support/provider-hosts.ts';

const entry = (slug: string, priority: number, more: object = {}) => ({
  slug,
  display_name: slug.toUpperCase(),
  description: 'of the vendor',
  supported_reasoning_levels: [
    { effort: 'low', description: 'quick' },
    { effort: 'medium', description: 'even' },
    { effort: 'high', description: 'deep' },
  ],
  shell_type: 'shell_command',
  visibility: 'list',
  supported_in_api: true,
  priority,
  base_instructions: `You are ${slug}.`,
  supports_reasoning_summaries: true,
  support_verbosity: true,
  truncation_policy: { mode: 'tokens', limit: 10_000 },
  supports_parallel_tool_calls: true,
  experimental_supported_tools: [],
  upgrade: { id: 'gpt-next' },
  future_field: { kept: [1] },
  ...more,
});
const vendor = [entry('gpt-5.5', 4), entry('gpt-5.6-codex', 1), entry('gpt-hidden', 0, { visibility: 'hide' })];

const answers =
  (status: number, body: unknown): HostScript =>
  (_, response) =>
    sendJson(response, status, body);

const others = {
  'openai-compatibility': [
    {
      name: 'local',
      'base-url': 'http://127.0.0.1:9/v1',
      'api-key-entries': [{ 'api-key': 'k' }],
      models: [{ name: 'qwen3' }, { name: 'text-embedding-3-small' }, { name: 'deepseek-v4-pro', alias: 'deep' }],
    },
  ],
};

interface Model {
  readonly slug: string;
  readonly [name: string]: unknown;
}

async function world(
  script: HostScript = answers(200, { models: vendor }),
  more: Readonly<Record<string, unknown>> = others,
) {
  const { url, accountClock: clock, hosts } = await accountWorld({ codex: files.codex }, script, more);
  const list = (version = '0.155.0', headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}/v1/models?client_version=${version}`, { headers: { authorization: 'Bearer ck', ...headers } });
  const models = async (version?: string) => ((await (await list(version)).json()) as { models: Model[] }).models;
  return { list, models, calls: hosts.calls, clock };
}

test('the vendor is asked for the version of the client, once in five minutes', async () => {
  const { models, calls, clock } = await world();
  await Promise.all([models(), models()]);
  await models('0.156.0');
  expect(calls.map(({ path }) => path)).toEqual([
    '/backend-api/codex/models?client_version=0.155.0',
    '/backend-api/codex/models?client_version=0.156.0',
  ]);
  expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer at-codex', 'chatgpt-account-id': 'acc-1' });
  clock.advance(5 * 60_000);
  await models();
  expect(calls).toHaveLength(3);
});

test('entries of the vendor stay as they are', async () => {
  const { models } = await world();
  expect((await models()).slice(0, 3)).toEqual(vendor);
});

test('models of others have whole entries that begin with the first choice of the vendor', async () => {
  const { models } = await world();
  const added = (await models()).slice(3);
  expect(added.map(({ slug }) => slug)).toEqual(['qwen3', 'deep']);
  expect(added[0]).toMatchObject({
    display_name: 'qwen3',
    base_instructions: 'You are gpt-5.6-codex.',
    visibility: 'list',
    truncation_policy: { mode: 'tokens', limit: 10_000 },
    future_field: { kept: [1] },
    priority: 5,
  });
  for (const one of added) expect(one).not.toHaveProperty('upgrade');
  const efforts = added.flatMap((one) => one.supported_reasoning_levels as { effort: string }[]);
  for (const { effort } of efforts) expect(['low', 'medium', 'high']).toContain(effort);
});

test('nothing is made up when no entry of the vendor is whole', async () => {
  const { base_instructions: _, ...cut } = entry('gpt-5.5', 1);
  const { models } = await world(answers(200, { models: [cut] }));
  expect(await models()).toEqual([cut]);
});

test('an unchanged list is not sent again', async () => {
  const { list } = await world();
  const first = await list();
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
  const second = await list('0.155.0', { 'if-none-match': `"old", W/${etag}` });
  expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', etag]);
  expect((await list('0.155.0', { 'if-none-match': '"old"' })).status).toBe(200);
});

test('a client sees what it may use', async () => {
  const policies = [{ 'api-key': 'ck', models: ['gpt-5.5', 'deep'] }];
  const { models } = await world(undefined, { ...others, 'client-policies': policies });
  expect((await models()).map(({ slug }) => slug)).toEqual(['gpt-5.5', 'deep']);
});

test('what an account must not serve is not listed', async () => {
  const { models } = await world(undefined, { ...others, 'oauth-excluded-models': { codex: ['gpt-5.6*', 'gpt-h*'] } });
  expect((await models()).map(({ slug }) => slug)).toEqual(['gpt-5.5', 'qwen3', 'deep']);
});

test.each([
  ['refuses', answers(403, { detail: 'no' })],
  ['sends something else', answers(200, { data: [] })],
  ['breaks off', ((_, response) => response.destroy()) as HostScript],
])('a vendor that %s leaves the list empty', async (_, script) => {
  const { list } = await world(script);
  const response = await list();
  expect([response.status, await response.json()]).toEqual([200, { models: [] }]);
  expect(response.headers.get('etag')).not.toBeNull();
});

test.each(['', '../x', 'a b', 'v'.repeat(65)])('the version %j is not sent anywhere', async (version) => {
  const { list, calls } = await world();
  expect(await (await list(encodeURIComponent(version))).json()).toEqual({ models: [] });
  expect(calls).toEqual([]);
});

test('without an account it is empty, and without the version the list is as ever', async () => {
  const { url } = await gatewayWorld(others);
  const list = async (query: string) =>
    (await fetch(`${url}/v1/models${query}`, { headers: { authorization: 'Bearer ck' } })).json();
  expect(await list('?client_version=0.155.0')).toEqual({ models: [] });
  expect(await list('')).toMatchObject({ object: 'list', data: [{ id: 'qwen3' }, {}, { id: 'deep' }] });
});
