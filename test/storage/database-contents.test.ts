// What the database file holds, byte by byte: models and sources, but no prompt, response, key or token.
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chatAnswer, listen, sendJson } from '../gateway/support/gateway-world.ts';
import { startTestApp } from '../support/test-app.ts';

const secrets = {
  prompt: 'PROMPT-3f9c11',
  system: 'SYSTEM-77aa01',
  answer: 'ANSWER-b20c55',
  clientKey: 'ck-SECRET-8d1e00',
  upstreamKey: 'sk-SECRET-42fa77',
  header: 'HEADER-SECRET-5c',
  query: 'QUERY-SECRET-9b',
  webhook: 'whsec_c2VjcmV0LXdlYmhvb2s=',
};

/** Every byte of the database, with the files that SQLite keeps beside it. Earlier configs are kept elsewhere. */
function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.includes('.sqlite'),
  );
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

test('the history holds no prompt, response, key or token, in its write-ahead log neither', async () => {
  const upstream = await listen(async (request, response) => {
    const body = await bodyOf(request);
    // Vendors quote the key that they refuse, and what they did not understand.
    if (body.includes('"refused"')) {
      return sendJson(response, 401, { error: { message: `Incorrect API key ${secrets.upstreamKey}` } });
    }
    return sendJson(response, 200, chatAnswer(secrets.answer));
  });
  onTestFinished(() => void upstream.server.close());
  const world = await startTestApp({
    config: [
      `api-keys: [${secrets.clientKey}]`,
      'client-policies:',
      `  - { api-key: ${secrets.clientKey}, name: laptop, limits: [{ requests: 100, per: day }] }`,
      'webhooks:',
      `  - { url: "http://127.0.0.1:9/?${secrets.query}", secret: "${secrets.webhook}" }`,
      'openai-compatibility:',
      '  - name: relay-needle',
      `    base-url: ${upstream.url}/v1`,
      `    api-key-entries: [{ api-key: ${secrets.upstreamKey} }]`,
      '    models: [{ name: answered }, { name: refused }]',
      '',
    ].join('\n'),
  });
  onTestFinished(() => world.close());
  const ask = async (model: string) => {
    const response = await fetch(`${world.address}/v1/chat/completions?key=${secrets.query}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secrets.clientKey}`,
        'content-type': 'application/json',
        'x-custom': secrets.header,
      },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'system', content: secrets.system },
          { role: 'user', content: secrets.prompt },
        ],
      }),
    });
    return [response.status, await response.text()] as const;
  };
  expect((await ask('answered'))[1]).toContain(secrets.answer);
  expect((await ask('refused'))[0]).toBeGreaterThanOrEqual(400);
  expect((await ask('unheard-of'))[0]).toBe(404);

  const folder = path.join(world.folder, 'home');
  const kept = await world.call('GET', '/requests?limit=10');
  expect(((await kept.json()) as { requests: unknown[] }).requests).toHaveLength(3);
  // Costs are summed from the file: once they are there, so is every request.
  await world.call('GET', '/costs');
  for (const look of ['running', 'closed']) {
    if (look === 'closed') await world.app.close();
    const bytes = bytesBelow(folder);
    expect(bytes.includes('relay-needle'), `${look}: the history is there`).toBe(true);
    for (const [name, secret] of Object.entries(secrets))
      expect(bytes.includes(secret), `${look}: ${name}`).toBe(false);
  }
});
