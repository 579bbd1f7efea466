// Accounts of the five logins as upstreams, on their real addresses behind a proxy.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Accounts } from '../../src-main/accounts/accounts.ts';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { chatAnswer, gatewayWorld, sendJson } from './support/gateway-world.ts';
import { type HostCall, type HostScript, startProviderHosts } from './support/provider-hosts.ts';

const later = new Date(Date.now() + 30 * 86_400_000).toISOString();

const files = {
  claude: {
    type: 'claude',
    email: 'a@example.test',
    access_token: 'at-claude',
    refresh_token: 'rt-claude',
    expired: later,
  },
  codex: {
    type: 'codex',
    email: 'b@example.test',
    access_token: 'at-codex',
    refresh_token: 'rt-codex',
    account_id: 'acc-1',
    expired: later,
  },
  gemini: {
    type: 'gemini',
    email: 'c@example.test',
    project_id: 'proj-1',
    token: {
      access_token: 'at-gemini',
      refresh_token: 'rt-gemini',
      expiry: later,
      client_id: 'id',
      client_secret: 'secret',
    },
  },
  qwen: {
    type: 'qwen',
    email: 'd@example.test',
    access_token: 'at-qwen',
    refresh_token: 'rt-qwen',
    resource_url: 'portal.qwen.ai',
    expired: later,
  },
  iflow: {
    type: 'iflow',
    email: 'e@example.test',
    access_token: 'at-iflow',
    refresh_token: 'rt-iflow',
    api_key: 'ak-iflow',
    expired: later,
  },
} as const;

/** Answers everything well; a refresh gives `new-…` tokens. */
const kind: HostScript = (call, response) => {
  const { host, path: target } = call;
  if (host === 'iflow.cn' && target.startsWith('/api/oauth/getUserInfo')) {
    return sendJson(response, 200, { success: true, data: { apiKey: 'new-iflow', email: 'e@example.test' } });
  }
  if (/oauth2?\/token$|^\/token$|\/v1\/oauth\/token$|\/oauth\/token$/.test(target)) {
    const name =
      { 'console.anthropic.com': 'claude', 'auth.openai.com': 'codex', 'chat.qwen.ai': 'qwen' }[host] ?? 'gemini';
    return sendJson(response, 200, {
      access_token: `new-${name}`,
      refresh_token: `rt2-${name}`,
      expires_in: 3600,
      id_token: '',
    });
  }
  return answerOf(call, response);
};

const answerOf: HostScript = ({ host }, response) => {
  if (host === 'api.anthropic.com') {
    const content = [{ type: 'text', text: 'fine' }];
    const usage = { input_tokens: 1, output_tokens: 1 };
    return sendJson(response, 200, {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'x',
      content,
      stop_reason: 'end_turn',
      usage,
    });
  }
  if (host === 'chatgpt.com') {
    const item = {
      id: 'msg_0',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'fine', annotations: [] }],
    };
    const whole = {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      error: null,
      model: 'gpt-5',
      output: [],
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(
      `event: response.created\ndata: ${JSON.stringify({ type: 'response.created', response: { ...whole, status: 'in_progress' } })}\n\n`,
    );
    response.write(
      `event: response.output_item.done\ndata: ${JSON.stringify({ type: 'response.output_item.done', output_index: 0, item })}\n\n`,
    );
    response.end(
      `event: response.completed\ndata: ${JSON.stringify({ type: 'response.completed', response: whole })}\n\n`,
    );
    return;
  }
  if (host === 'cloudcode-pa.googleapis.com') {
    const inner = {
      candidates: [{ content: { role: 'model', parts: [{ text: 'fine' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    return sendJson(response, 200, { response: inner });
  }
  return sendJson(response, 200, chatAnswer());
};

async function accountWorld(
  contents: Readonly<Record<string, unknown>>,
  script: HostScript = kind,
  more: Readonly<Record<string, unknown>> = {},
) {
  const hosts = await startProviderHosts(script);
  const folder = tempFolder();
  for (const [name, content] of Object.entries(contents))
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(content), { mode: 0o600 });
  const clock = new FakeClock(Date.now());
  const lines: string[] = [];
  const log = createLogger((level, _, message) => lines.push(`${level} ${message}`), 'test');
  const authFiles = await AuthFiles.open({ directory: folder, log });
  const events = new AppEvents((error) => lines.push(String(error)));
  const dispatchers = new Dispatchers();
  const accounts = new Accounts({ files: authFiles, dispatchers, proxyUrl: () => hosts.proxyUrl, events, clock, log });
  onTestFinished(async () => {
    const closed = accounts.close();
    clock.advance(10_000);
    await closed;
    await authFiles.close();
    await dispatchers.close();
  });
  const world = await gatewayWorld({ 'proxy-url': hosts.proxyUrl, ...more }, { accounts, clock });
  return { ...world, hosts, accounts, authFiles, accountClock: clock, accountLines: lines };
}

type World = Awaited<ReturnType<typeof accountWorld>>;

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
