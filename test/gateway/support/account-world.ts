// Accounts in a folder as the upstreams of a gateway, on their real addresses behind a proxy.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Accounts } from '../../../src-main/accounts/accounts.ts';
import type { LearnedModels } from '../../../src-main/accounts/learned-models.ts';
import { AuthFiles } from '../../../src-main/auth-files/auth-files.ts';
import { AppEvents } from '../../../src-main/events/app-events.ts';
import { createLogger } from '../../../src-main/lib/logger.ts';
import { Dispatchers } from '../../../src-main/net/dispatchers.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { chatAnswer, gatewayWorld, sendJson } from './gateway-world.ts';
import { type HostScript, startProviderHosts } from './provider-hosts.ts';

export const later = new Date(Date.now() + 30 * 86_400_000).toISOString();

export const files = {
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
export const kind: HostScript = (call, response) => {
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

export async function accountWorld(
  contents: Readonly<Record<string, unknown>>,
  script: HostScript = kind,
  more: Readonly<Record<string, unknown>> = {},
  learned?: LearnedModels,
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
  const clientIds = () => ({});
  const proxyUrl = () => hosts.proxyUrl;
  const accounts = new Accounts({ files: authFiles, dispatchers, proxyUrl, events, clock, log, clientIds });
  onTestFinished(async () => {
    const closed = accounts.close();
    clock.advance(10_000);
    await closed;
    await authFiles.close();
    await dispatchers.close();
  });
  const world = await gatewayWorld(
    { 'proxy-url': hosts.proxyUrl, ...more },
    { accounts, clock, ...(learned && { learned }) },
  );
  return { ...world, hosts, accounts, authFiles, folder, dispatchers, accountClock: clock, accountLines: lines };
}

export type World = Awaited<ReturnType<typeof accountWorld>>;
