// A provider that exists in this file alone is offered, signed in to, served, refreshed and checked.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { signInItems } from '../../src-main/electron/tray/tray-menu.ts';
import { sendForObject } from '../../src-main/net/provider-request.ts';
import { providers } from '../../src-main/providers/index.ts';
import { chatServer } from '../../src-main/providers/openai-api.ts';
import type { Provider } from '../../src-main/providers/provider.ts';
import { groupAccounts } from '../../src-renderer/pages/accounts/list/account-groups.ts';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import type { DoctorCheck } from '../../src-shared/contract/diagnostics.ts';
import { startTestApp } from '../support/test-app.ts';

/** A service with a token endpoint, and a model that accepts only the newest token. */
async function startService() {
  const grants: string[] = [];
  const tokens: string[] = [];
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.url === '/token') {
      grants.push(text);
      return send(200, { access_token: `token-${grants.length}`, refresh_token: `refresh-${grants.length}` });
    }
    const token = String(request.headers.authorization).replace('Bearer ', '');
    tokens.push(token);
    // The first token counts as revoked, so that a request has to refresh it.
    if (token === 'token-1') return send(401, { error: { message: 'The token has been revoked.' } });
    const choices = [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }];
    return send(200, { id: 'c', object: 'chat.completion', created: 1, model: 'up', choices });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, grants, tokens };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Everything that a new provider is: its row and its file. */
function madeUpProvider(service: string, callbackPort: number): Provider {
  const askToken = (call: Parameters<typeof sendForObject>[0], fields: object) =>
    sendForObject(call, { method: 'POST', url: `${service}/token`, body: JSON.stringify(fields) });
  return {
    row: {
      id: 'made-up',
      title: 'Made Up',
      mark: 'Mu',
      signIn: { login: 'made-up', types: ['made-up'], aliases: [], flows: ['browser'], callbackPort },
    },
    signIns: [
      {
        flow: 'browser',
        callback: { path: '/back', route: '/made-up/callback' },
        newState: () => 'a-state-that-nobody-guesses',
        begin: (state, redirectUri) => ({
          url: `${service}/page?${new URLSearchParams({ state, redirect_uri: redirectUri })}`,
          verifier: 'v',
        }),
        async exchange({ code, redirectUri }, call) {
          const tokens = await askToken(call, { code, redirect_uri: redirectUri });
          const email = 'person@example.test';
          return { fileName: ['made-up', email], identity: { email }, content: { type: 'made-up', email, ...tokens } };
        },
      },
    ],
    refresh: {
      leadMs: undefined,
      async *renew({ refresh_token }, call) {
        yield await askToken(call, { refresh_token });
      },
    },
    upstream: {
      account: {
        ...chatServer,
        baseUrl: () => service,
        auth: ({ account }) => ({ authorization: `Bearer ${account?.access_token}` }),
        passes: [],
      },
    },
    models: { owner: 'made-up', names: ['made-up-1'] },
  };
}

test('a provider defined here alone works everywhere', async () => {
  const service = await startService();
  const port = await freePort();
  const madeUp = madeUpProvider(service.url, port);
  const all = [...providers, madeUp];
  const rows = all.map(({ row }) => row);
  const app = await startTestApp({ config: 'api-keys: [client-key]\n', options: { providers: all } });
  onTestFinished(() => app.close());
  const read = async (method: string, path: string, body?: unknown) =>
    (await app.call(method, path, body)).json() as Promise<Record<string, unknown>>;

  // It is offered in the tray and on the page of accounts.
  expect(signInItems(rows).at(-1)).toMatchObject({
    label: 'Made Up',
    action: { type: 'sign-in', provider: 'made-up' },
  });
  expect(groupAccounts([], rows).at(-1)).toEqual({ provider: madeUp.row, accounts: [] });

  // One can sign in to it.
  const { url, state } = await read('GET', '/made-up-auth-url?is_webui=1');
  const redirect = new URL(String(new URL(String(url)).searchParams.get('redirect_uri')));
  expect(redirect.href).toBe(`http://localhost:${port}/back`);
  redirect.hostname = '127.0.0.1';
  redirect.search = `?${new URLSearchParams({ code: 'the-code', state: String(state) })}`;
  expect((await fetch(redirect)).status).toBe(200);
  await expect
    .poll(() => read('GET', `/get-auth-status?state=${state}`))
    .toMatchObject({ status: 'ok', account: 'person@example.test' });
  const { files } = (await read('GET', '/auth-files')) as { files: AccountFile[] };
  expect(files).toMatchObject([{ provider: 'made-up', email: 'person@example.test' }]);
  expect(groupAccounts(files, rows).at(-1)?.accounts).toEqual(files);

  // Requests are served with the account, whose token is refreshed when the service refuses it.
  const response = await fetch(`${app.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer client-key', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'made-up-1', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(response.status).toBe(200);
  expect(service.tokens).toEqual(['token-1', 'token-2']);
  expect(JSON.parse(service.grants[1] ?? '')).toEqual({ refresh_token: 'refresh-1' });

  // The doctor checks its callback port.
  const { checks } = (await read('POST', '/doctor', { scope: 'local' })) as { checks: DoctorCheck[] };
  expect(checks).toContainEqual(expect.objectContaining({ id: 'login-ports', subject: String(port), result: 'ok' }));
});
