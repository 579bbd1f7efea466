// The models of an account are asked of its vendor when somebody looks, and remembered.
import { expect, test } from 'vitest';
import { AccountModels } from '../../src-main/accounts/account-models.ts';
import { LearnedModels } from '../../src-main/accounts/learned-models.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { accountWorld, files, kind } from '../gateway/support/account-world.ts';
import { sendJson } from '../gateway/support/gateway-world.ts';
import type { HostScript } from '../gateway/support/provider-hosts.ts';

/** Two pages of Claude's models, and Codex' list. */
const lists: HostScript = (call, response) => {
  if (call.text !== '') return kind(call, response);
  if (call.host === 'chatgpt.com') {
    const models = [
      { slug: 'gpt-9', display_name: 'GPT 9', visibility: 'list' },
      { slug: 'gpt-internal', visibility: 'hide' },
    ];
    return sendJson(response, 200, { models });
  }
  if (call.path.includes('after_id=claude-zed-9')) {
    return sendJson(response, 200, { data: [{ id: 'claude-old', display_name: 7 }], has_more: false });
  }
  const data = [{ id: 'claude-zed-9', display_name: 'Claude Zed 9' }];
  return sendJson(response, 200, { data, has_more: true, last_id: 'claude-zed-9' });
};

async function modelsWorld(contents: Readonly<Record<string, unknown>>, script: HostScript = lists) {
  const learned = new LearnedModels();
  const world = await accountWorld(contents, script, {}, learned);
  const models = new AccountModels({
    accounts: world.accounts,
    learned,
    dispatchers: world.dispatchers,
    proxyUrl: () => world.hosts.proxyUrl,
    clock: world.accountClock,
    log: createLogger((level, _, message) => world.accountLines.push(`${level} ${message}`), 'test'),
  });
  return { ...world, learned, models };
}

test('all pages of the list are read, and listed to clients from then on', async () => {
  const world = await modelsWorld({ claude: files.claude });
  expect(await world.models.list('claude.json')).toEqual([
    { id: 'claude-zed-9', display_name: 'Claude Zed 9', type: 'claude', owned_by: 'anthropic' },
    { id: 'claude-old', type: 'claude', owned_by: 'anthropic' },
  ]);
  const [first, second, ...more] = world.hosts.calls;
  expect([first?.host, first?.path]).toEqual(['api.anthropic.com', '/v1/models?limit=1000']);
  expect(first?.headers).toMatchObject({ authorization: 'Bearer at-claude', 'anthropic-version': '2023-06-01' });
  expect(second?.path).toContain('after_id=claude-zed-9');
  expect(more).toEqual([]);
  const response = await fetch(`${world.url}/v1/models`, { headers: { authorization: 'Bearer ck' } });
  expect(await response.text()).toContain('"claude-zed-9"');
});

test('Codex is asked with the version of its client and the account; hidden models are left out', async () => {
  const world = await modelsWorld({ codex: files.codex });
  expect((await world.models.list('codex.json')).map(({ id }) => id)).toEqual(['gpt-9']);
  expect(world.hosts.calls[0]?.path).toMatch(/^\/backend-api\/codex\/models\?client_version=\d+\.\d+\.\d+$/);
  expect(world.hosts.calls[0]?.headers['chatgpt-account-id']).toBe('acc-1');
});

test.each<[string, HostScript]>([
  ['refuses', (_, response) => sendJson(response, 401, { error: { message: 'at-claude is not allowed' } })],
  ['lists nothing', (_, response) => sendJson(response, 200, { data: [] })],
  ['sends no JSON', (_, response) => response.writeHead(200).end('<html>')],
  ['breaks off', (_, response) => response.destroy()],
])('a vendor that %s: the known names are given', async (_, script) => {
  const world = await modelsWorld({ claude: files.claude }, script);
  world.learned.answered('claude.json', 'claude-yes-9');
  const names = (await world.models.list('claude.json')).map(({ id }) => id);
  expect(names).toContain('claude-yes-9');
  expect(names).toContain('claude-sonnet-4-5-20250929');
  expect(world.accountLines.join('\n')).not.toContain('at-claude');
});

test('a vendor that does not answer in time is not waited for', async () => {
  const asked = Promise.withResolvers<void>();
  const world = await modelsWorld({ claude: files.claude }, () => asked.resolve());
  const names = world.models.list('claude.json');
  await asked.promise;
  world.accountClock.advance(10_000);
  expect((await names).length).toBeGreaterThan(0);
});

test('an expired token is renewed before the question', async () => {
  const expired = { ...files.claude, expired: new Date(Date.now() - 1_000).toISOString() };
  const world = await modelsWorld({ claude: expired });
  await world.models.list('claude.json');
  expect(world.hosts.calls.at(-1)?.headers.authorization).toBe('Bearer new-claude');
});

test('accounts without a list and files of nobody are not asked', async () => {
  const world = await modelsWorld({ gemini: files.gemini, other: { type: 'antigravity' } });
  expect((await world.models.list('gemini.json')).map(({ id }) => id)).toContain('gemini-2.5-pro');
  expect(await world.models.list('other.json')).toEqual([]);
  expect(await world.models.list('nobody.json')).toEqual([]);
  expect(world.hosts.calls).toEqual([]);
});
