// Accounts of the five logins as upstreams, on their real addresses behind a proxy.
import { describe, expect, test } from 'vitest';
import { accountWorld, files, kind, type World } from './support/account-world.ts';
import { sendJson } from './support/gateway-world.ts';
import { type HostCall, type HostScript, startProviderHosts } from './support/provider-hosts.ts';

const user = { role: 'user', content: 'U' };
const asks: Readonly<
  Record<keyof typeof files, { ask: (world: World) => Promise<Response>; text: (json: never) => string }>
> = {
  claude: {
    ask: (world) => world.ask('/v1/messages', { model: 'claude-sonnet-4-5-20250929', max_tokens: 9, messages: [user] }),
    text: (json: { content: [{ text: string }] }) => json.content[0].text,
  },
  codex: {
    ask: (world) =>
      world.ask('/v1/responses', {
        model: 'gpt-5-high',
        instructions: 'S',
        input: 'U',
        temperature: 0.5,
        max_output_tokens: 9,
      }),
    text: (json: { output: [{ content: [{ text: string }] }] }) => json.output[0].content[0].text,
  },
  gemini: {
    ask: (world) =>
      world.ask('/v1beta/models/gemini-2.5-pro:generateContent', {
        contents: [{ role: 'user', parts: [{ text: 'U' }] }],
      }),
    text: (json: { candidates: [{ content: { parts: [{ text: string }] } }] }) =>
      json.candidates[0].content.parts[0].text,
  },
  qwen: {
    ask: (world) => world.ask('/v1/chat/completions', { model: 'qwen3-coder-flash', messages: [user] }),
    text: (json: { choices: [{ message: { content: string } }] }) => json.choices[0].message.content,
  },
  iflow: {
    ask: (world) => world.ask('/v1/chat/completions', { model: 'glm-4.6', messages: [user] }),
    text: (json: { choices: [{ message: { content: string } }] }) => json.choices[0].message.content,
  },
};
const names = Object.keys(files) as (keyof typeof files)[];

const expected: Readonly<Record<keyof typeof files, { url: string; token: string; headers?: object; body: object }>> = {
  claude: {
    url: 'api.anthropic.com/v1/messages',
    token: 'at-claude',
    headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'oauth-2025-04-20' },
    body: { model: 'claude-sonnet-4-5-20250929', max_tokens: 9, messages: [user] },
  },
  codex: {
    url: 'chatgpt.com/backend-api/codex/responses',
    token: 'at-codex',
    headers: { 'chatgpt-account-id': 'acc-1', 'openai-beta': 'responses=experimental', accept: 'text/event-stream' },
    body: {
      model: 'gpt-5',
      stream: true,
      store: false,
      instructions: 'S',
      reasoning: { effort: 'high' },
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'U' }] }],
    },
  },
  gemini: {
    url: 'cloudcode-pa.googleapis.com/v1internal:generateContent',
    token: 'at-gemini',
    body: {
      model: 'gemini-2.5-pro',
      project: 'proj-1',
      request: { contents: [{ role: 'user', parts: [{ text: 'U' }] }] },
    },
  },
  qwen: {
    url: 'portal.qwen.ai/v1/chat/completions',
    token: 'at-qwen',
    body: { model: 'qwen3-coder-flash', messages: [user] },
  },
  iflow: { url: 'apis.iflow.cn/v1/chat/completions', token: 'ak-iflow', body: { model: 'glm-4.6', messages: [user] } },
};

describe.each(names)('%s', (name) => {
  test('is asked at its address, as itself, and its response is passed on', async () => {
    const world = await accountWorld({ [name]: files[name] });
    const response = await asks[name].ask(world);
    expect(response.status).toBe(200);
    expect(asks[name].text((await response.json()) as never)).toBe('fine');
    const [call] = world.hosts.calls as [HostCall];
    const { url, token, headers = {}, body } = expected[name];
    expect(call.host + call.path).toBe(url);
    expect(call.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'user-agent': 'cli-proxy-desktop/1.2.3',
      ...headers,
    });
    expect(JSON.parse(call.text)).toMatchObject(body);
    for (const carrier of ['x-api-key', 'x-goog-api-key', 'cookie']) expect(call.headers[carrier]).toBeUndefined();
    if (name === 'codex') expect(call.text).not.toMatch(/temperature|max_output_tokens/);
    expect(world.accounts.describe()[0]).toMatchObject({ success: 1, failed: 0, status: 'ready' });
  });

  test('gets a new token after a 401, once, and is asked once more', async () => {
    const world = await accountWorld({ [name]: files[name] }, (call, response) => {
      if (
        /new-/.test(String(call.headers.authorization)) ||
        !/\/v1\/|v1internal|responses/.test(call.path) ||
        call.path.includes('oauth')
      )
        return kind(call, response);
      return sendJson(response, 401, { error: { message: 'expired', type: 'authentication_error' } });
    });
    const [first, second] = await Promise.all([asks[name].ask(world), asks[name].ask(world)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const refreshes = world.hosts.calls.filter(({ path: target }) => /token$/.test(target.split('?')[0] as string));
    expect(refreshes).toHaveLength(1);
  });

  test('is left out while its file says disabled', async () => {
    const world = await accountWorld({ [name]: { ...files[name], disabled: true } });
    expect((await asks[name].ask(world)).status).toBe(503);
    expect(world.hosts.calls).toHaveLength(0);
  });
});

test('a 401 that a new token does not fix starts a cooldown of the account, which is shown in its row', async () => {
  const world = await accountWorld({ claude: files.claude }, (call, response) =>
    call.host === 'api.anthropic.com'
      ? sendJson(response, 401, { type: 'error', error: { type: 'authentication_error', message: 'no such account' } })
      : kind(call, response),
  );
  expect((await asks.claude.ask(world)).status).toBe(503);
  expect(world.hosts.calls.filter(({ host }) => host === 'api.anthropic.com')).toHaveLength(2);
  expect(world.accounts.describe()[0]).toMatchObject({
    status: 'error',
    failed: 1,
    status_message: expect.stringContaining('no such account'),
  });
});

test('an account with a used-up quota is shown as cooling until it may be asked again', async () => {
  const world = await accountWorld({ claude: files.claude }, (_, response) =>
    sendJson(
      response,
      429,
      { type: 'error', error: { type: 'rate_limit_error', message: 'slow down' } },
      { 'retry-after': '60' },
    ),
  );
  expect((await asks.claude.ask(world)).status).toBe(429);
  expect(world.accounts.describe()[0]).toMatchObject({ status: 'cooling', unavailable: true });
  world.accountClock.advance(61_000);
  expect(world.accounts.describe()[0]).toMatchObject({ status: 'ready' });
});

test("an account's own proxy is used, not the configured one", async () => {
  const own = await startProviderHosts(kind);
  const world = await accountWorld({ qwen: { ...files.qwen, proxy_url: own.proxyUrl } });
  expect((await asks.qwen.ask(world)).status).toBe(200);
  expect([own.calls.length, world.hosts.calls.length]).toEqual([1, 0]);
});

test('models of accounts follow oauth-excluded-models and oauth-model-alias', async () => {
  const world = await accountWorld({ claude: files.claude }, kind, {
    'oauth-excluded-models': { claude: ['claude-opus-*'] },
    'oauth-model-alias': { claude: [{ name: 'claude-sonnet-4-5-20250929', alias: 'sonnet' }] },
  });
  const ask = (model: string) => world.ask('/v1/messages', { model, max_tokens: 9, messages: [user] });
  expect((await ask('claude-opus-4-1-20250805')).status).toBe(404);
  expect((await ask('sonnet')).status).toBe(200);
  expect(JSON.parse(world.hosts.calls[0]!.text).model).toBe('claude-sonnet-4-5-20250929');
});

describe('quota-exceeded', () => {
  const two = { one: files.gemini, two: { ...files.gemini, project_id: 'proj-2' } };
  const limited: HostScript = (call, response) => {
    const { model, project } = JSON.parse(call.text) as { model: string; project: string };
    if (project === 'proj-2' || model.includes('preview')) return kind(call, response);
    return sendJson(response, 429, { error: { code: 429, message: 'quota', status: 'RESOURCE_EXHAUSTED' } });
  };
  const asked = (world: World) =>
    world.hosts.calls.map(({ text }) => {
      const { model, project } = JSON.parse(text) as { model: string; project: string };
      return `${project} ${model}`;
    });
  const config = (quota: object) => ({ routing: { strategy: 'fill-first' }, 'quota-exceeded': quota });

  test('switch-project off: no other project of the same account is asked', async () => {
    const world = await accountWorld(two, limited, config({}));
    expect((await asks.gemini.ask(world)).status).toBe(429);
    expect(asked(world)).toEqual(['proj-1 gemini-2.5-pro']);
  });

  test('switch-project on: the other project answers', async () => {
    const world = await accountWorld(two, limited, config({ 'switch-project': true }));
    expect((await asks.gemini.ask(world)).status).toBe(200);
    expect(asked(world)).toEqual(['proj-1 gemini-2.5-pro', 'proj-2 gemini-2.5-pro']);
  });

  test('switch-preview-model on: an earlier model id answers', async () => {
    const world = await accountWorld({ one: files.gemini }, limited, config({ 'switch-preview-model': true }));
    expect((await asks.gemini.ask(world)).status).toBe(200);
    expect(asked(world)).toEqual(['proj-1 gemini-2.5-pro', 'proj-1 gemini-2.5-pro-preview-05-06']);
  });
});
