// Accounts serve every model of their vendor: names nobody has heard of yet are sent there, and those that answer are
// remembered.
import path from 'node:path';
import { expect, test } from 'vitest';
import { LearnedModels } from '../../src-main/accounts/learned-models.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { accountWorld, files, kind, type World } from './support/account-world.ts';
import { gatewayWorld, responses, sendJson, startUpstream } from './support/gateway-world.ts';
import type { HostScript } from './support/provider-hosts.ts';

const three = { claude: files.claude, codex: files.codex, gemini: files.gemini };

const chat = (world: Pick<World, 'ask'>, model: string) =>
  world.ask('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'U' }] });

async function listed(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: 'Bearer ck' } });
  const { data } = (await response.json()) as { data: readonly { id: string }[] };
  return data.map(({ id }) => id);
}

/** Refuses names with `nope` as each vendor does. */
const judge: HostScript = (call, response) => {
  if (!call.text.includes('nope') && !call.path.includes('nope')) return kind(call, response);
  if (call.host === 'chatgpt.com') return sendJson(response, 400, { detail: 'The model is not supported' });
  return sendJson(response, 404, { type: 'error', error: { type: 'not_found_error', message: 'model: nope' } });
};

test.each([
  ['claude-zed-9', 'api.anthropic.com'],
  ['CLAUDE-ZED-9', 'api.anthropic.com'],
  ['gpt-9-x', 'chatgpt.com'],
  ['o7-mini', 'chatgpt.com'],
  ['codex-9', 'chatgpt.com'],
  ['chatgpt-9-latest', 'chatgpt.com'],
  ['gemini-9-pro', 'cloudcode-pa.googleapis.com'],
])('%s goes to %s, is listed afterwards and also after a restart', async (model, host) => {
  const file = path.join(tempFolder(), 'learned-models.json');
  const learned = await LearnedModels.open({ file });
  const world = await accountWorld(three, judge, {}, learned);
  expect(await listed(world.url)).not.toContain(model);
  expect((await chat(world, model)).status).toBe(200);
  expect(world.hosts.calls.map((call) => call.host)).toEqual([host]);
  expect(await listed(world.url)).toContain(model);
  await learned.close();
  const again = await accountWorld(three, judge, {}, await LearnedModels.open({ file }));
  expect(await listed(again.url)).toContain(model);
  expect(again.hosts.calls).toEqual([]);
});

test.each(['o0-mini', 'zebra-1', 'my-claude-9', 'vendor/claude-9'])('%s is nobody’s model', async (model) => {
  const world = await accountWorld(three, judge);
  expect((await chat(world, model)).status).toBe(404);
  expect(world.hosts.calls).toEqual([]);
});

test.each([
  ['claude-nope-1', 404],
  ['gpt-nope-1', 400],
])('the refusal of %s reaches the client in its own format, and the name is not remembered', async (model, status) => {
  const world = await accountWorld(three, judge);
  const response = await chat(world, model);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
  expect(await listed(world.url)).not.toContain(model);
});

test('a name that its vendor takes back is forgotten', async () => {
  const learned = new LearnedModels();
  learned.answered('claude.json', 'claude-nope-1');
  const world = await accountWorld(three, judge, {}, learned);
  expect(await listed(world.url)).toContain('claude-nope-1');
  await chat(world, 'claude-nope-1');
  expect(await listed(world.url)).not.toContain('claude-nope-1');
});

test('a name that has not answered for three months is forgotten', () => {
  const clock = new FakeClock(Date.now());
  const learned = new LearnedModels({ clock });
  learned.answered('a.json', 'old');
  clock.advance(89 * 86_400_000);
  learned.answered('a.json', 'new');
  expect(learned.answeredBy('a.json').toSorted()).toEqual(['new', 'old']);
  clock.advance(3 * 86_400_000);
  expect(learned.answeredBy('a.json')).toEqual(['new']);
});

test('what clients ask for does not grow without bound', () => {
  const learned = new LearnedModels();
  for (let index = 0; index < 300; index++) learned.answered('a.json', `m${index}`);
  learned.answered('a.json', 'x'.repeat(201));
  expect(learned.answeredBy('a.json')).toHaveLength(200);
});

test.each(['{"accounts":7}', '{"accounts":{"a.json":{"answered":[1],"list":{"models":"x"}}}}', 'null', '{'])(
  'a stored document that is %s does no harm',
  async (text) => {
    const { writeFileSync } = await import('node:fs');
    const file = path.join(tempFolder(), 'learned-models.json');
    writeFileSync(file, text);
    const learned = await LearnedModels.open({ file });
    expect([learned.answeredBy('a.json'), learned.listOf('a.json')]).toEqual([[], undefined]);
  },
);

test('excluded names are refused whatever they look like', async () => {
  const claude = { ...files.claude, excluded_models: ['Claude-Zed-*'] };
  const world = await accountWorld({ claude, other: { ...files.claude, email: 'o@example.test' } }, judge);
  for (let turn = 0; turn < 2; turn++) expect((await chat(world, 'claude-zed-9')).status).toBe(200);
  expect(world.hosts.calls.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer at-claude',
    'Bearer at-claude',
  ]);
  const alone = await accountWorld({ claude }, judge, { 'oauth-excluded-models': { ' Claude ': ['*-y-9'] } });
  expect((await chat(alone, 'claude-zed-9')).status).toBe(404);
  expect((await chat(alone, 'claude-y-9')).status).toBe(404);
  expect((await chat(alone, 'claude-x-9')).status).toBe(200);
});

test('a name that a provider of the config was given does not go to an account because of its looks', async () => {
  const upstream = await startUpstream(responses);
  const own = {
    name: 'local',
    'base-url': `${upstream.url}/v1`,
    'api-key-entries': [{ 'api-key': 'k' }],
    models: [{ name: 'gpt-oss-120b' }],
  };
  const world = await accountWorld({ codex: { ...files.codex, proxy_url: '' } }, judge, {
    'openai-compatibility': [{ ...own, 'api-key-entries': [{ 'api-key': 'k', 'proxy-url': 'direct' }] }],
  });
  for (let turn = 0; turn < 3; turn++) expect((await chat(world, 'gpt-oss-120b')).status).toBe(200);
  expect([upstream.calls.length, world.hosts.calls.length]).toEqual([3, 0]);
});

test('accounts stand beside a key that names a model of their vendor', async () => {
  const upstream = await startUpstream((seen, response) =>
    sendJson(response, 200, {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: seen.body.model,
      content: [{ type: 'text', text: 'fine' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 1 },
    }),
  );
  const key = { 'api-key': 'k', 'base-url': upstream.url, 'proxy-url': 'direct', models: [{ name: 'claude-zed-9' }] };
  const world = await accountWorld({ claude: { ...files.claude, priority: 1 } }, judge, { 'claude-api-key': [key] });
  expect((await chat(world, 'claude-zed-9')).status).toBe(200);
  expect([upstream.calls.length, world.hosts.calls.length]).toEqual([0, 1]);
});

test('aliases of accounts: without fork in the place of the name, which is still served', async () => {
  const world = await accountWorld({ claude: files.claude }, judge, {
    'oauth-model-alias': {
      claude: [
        { name: 'claude-sonnet-4-5-20250929', alias: 'cs' },
        { name: 'claude-haiku-4-5-20251001', alias: 'h1', fork: true },
        { name: 'claude-haiku-4-5-20251001', alias: 'h2' },
        { name: 'claude-x', alias: 'CS' },
        { name: 'claude-y', alias: 'Claude-Y' },
        { name: '', alias: 'empty' },
      ],
    },
    'oauth-model-mappings': {
      claude: [{ name: 'claude-z', alias: 'ignored' }],
      codex: [{ name: 'gpt-9', alias: 'g9' }],
    },
  });
  const names = await listed(world.url);
  expect(names).toEqual(expect.arrayContaining(['cs', 'h1', 'h2', 'claude-haiku-4-5-20251001']));
  for (const name of ['claude-sonnet-4-5-20250929', 'ignored', 'empty', 'Claude-Y', 'CS'])
    expect(names).not.toContain(name);
  expect((await chat(world, 'claude-sonnet-4-5-20250929')).status).toBe(200);
  expect((await chat(world, 'cs')).status).toBe(200);
  expect(world.hosts.calls.map(({ text }) => JSON.parse(text).model)).toEqual([
    'claude-sonnet-4-5-20250929',
    'claude-sonnet-4-5-20250929',
  ]);
});

test('a key without models serves names of its family while its service lists none', async () => {
  const upstream = await startUpstream((seen, response) =>
    seen.path.endsWith('/models?limit=1000')
      ? sendJson(response, 404, {})
      : sendJson(response, 200, { type: 'message' }),
  );
  const world = await gatewayWorld({ 'claude-api-key': [{ 'api-key': 'k', 'base-url': upstream.url }] });
  await world.ask('/v1/messages', { model: 'claude-zed-9', max_tokens: 1, messages: [{ role: 'user', content: 'U' }] });
  expect(upstream.calls.at(-1)?.body.model).toBe('claude-zed-9');
});
