// What a collector reads, from the whole program on real sockets.
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { BoundedNames } from '../../src-main/metrics/bounded-labels.ts';
import { statusLabel } from '../../src-main/metrics/status-label.ts';
import { chatAnswer, type Script, sendJson, startUpstream } from '../gateway/support/gateway-world.ts';
import { managementKey, startTestApp } from '../support/test-app.ts';

const clientKey = 'ck-metrics-secret-0001';
const upstreamKey = 'uk-metrics-secret-0002';

async function start(script: Script = (_seen, response) => sendJson(response, 200, chatAnswer()), config = '') {
  const upstream = await startUpstream(script);
  const app = await startTestApp({
    config: `api-keys: [${clientKey}]
client-policies: [{api-key: ${clientKey}, name: me, limits: [{requests: 3, per: day}]}]
openai-compatibility:
  - {name: solo, base-url: "${upstream.url}/v1", api-key-entries: [{api-key: ${upstreamKey}}], models: [{name: real, alias: mine}]}
${config}`,
    accounts: { 'someone@mail.example.json': '{"type":"qwen","email":"someone@mail.example","refresh_token":""}' },
  });
  onTestFinished(() => app.close());
  const read = async () => {
    const response = await fetch(`${app.address}/metrics`, { headers: { authorization: `Bearer ${managementKey}` } });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    return response.text();
  };
  const chat = (model: string, key = clientKey) =>
    fetch(`${app.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
    }).then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    });
  return { app, read, chat };
}

/** The value of a series, with its labels in the order in which they are written. */
const seriesValue = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? Number.NaN,
  );

test('requests, tries, tokens and clients are counted once somebody reads', async () => {
  const { read, chat } = await start();
  const before = await read();
  for (const name of ['requests_total', 'upstream_tries_total', 'tokens_total', 'ledger_dropped_total']) {
    expect(before).toContain(`# TYPE cli_proxy_${name} counter`);
  }
  expect([await chat('mine'), await chat('MINE'), await chat('mine')]).toEqual([200, 200, 200]);
  await expect
    .poll(async () =>
      seriesValue(await read(), 'cli_proxy_requests_total{form="chat",model="mine",status="2xx",stream="false"}'),
    )
    .toBe(3);
  const after = await read();
  expect(seriesValue(after, 'cli_proxy_upstream_tries_total{provider="openai-compatibility",outcome="ok"}')).toBe(3);
  expect(seriesValue(after, 'cli_proxy_tokens_total{model="mine",direction="input"}')).toBe(21);
  expect(seriesValue(after, 'cli_proxy_tokens_total{model="mine",direction="output"}')).toBe(9);
  expect(seriesValue(after, 'cli_proxy_client_requests_total{key="me",outcome="ok"}')).toBe(3);
  expect(
    seriesValue(after, 'cli_proxy_request_duration_seconds_count{form="chat",provider="openai-compatibility"}'),
  ).toBe(3);
  expect(seriesValue(after, 'cli_proxy_requests_running')).toBe(0);
  expect(after).toMatch(/^cli_proxy_accounts\{provider="qwen",status="\w+"\} 1$/m);
  expect(seriesValue(after, 'cli_proxy_webhooks_total{outcome="delivered"}')).toBe(0);
  expect(after).toContain('# TYPE cli_proxy_account_limit_used_ratio gauge');
  expect(after).toMatch(/^cli_proxy_build_info\{version="[^"]+",node="v\d[^"]*"\} 1$/m);
});

test('what was rejected or failed is counted by its kind', async () => {
  const { read, chat } = await start((_seen, response) => sendJson(response, 500, { error: { message: 'broken' } }));
  await read();
  expect(await chat('mine', 'guess')).toBe(401);
  expect(await chat('nobody-has-this')).toBeGreaterThanOrEqual(400);
  expect(await chat('mine')).toBeGreaterThanOrEqual(500);
  const series = 'cli_proxy_upstream_tries_total{provider="openai-compatibility",outcome="5xx"}';
  await expect.poll(async () => seriesValue(await read(), series)).toBe(1);
  const text = await read();
  expect(seriesValue(text, 'cli_proxy_requests_total{form="chat",model="other",status="401",stream="false"}')).toBe(1);
  expect(seriesValue(text, 'cli_proxy_client_requests_total{key="me",outcome="failed"}')).toBe(2);
});

test('a client over its limit is told apart from a request that failed', async () => {
  const { read, chat } = await start();
  await read();
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push(await chat('mine'));
  expect(statuses).toEqual([200, 200, 200, 429]);
  await expect
    .poll(async () => seriesValue(await read(), 'cli_proxy_client_requests_total{key="me",outcome="limited"}'))
    .toBe(1);
});

test('without the management key there is nothing to read, and what is read holds no secret and no words of clients', async () => {
  const { app, read, chat } = await start();
  expect((await fetch(`${app.address}/metrics`)).status).toBe(401);
  await read();
  await chat('secret-plans-of-acme');
  await chat('mine', 'guess-of-a-stranger');
  const text = await read();
  for (const secret of [clientKey, upstreamKey, managementKey, 'acme', 'stranger', 'mail.example', '127.0.0.1']) {
    expect(text).not.toContain(secret);
  }
});

test('metrics.listen serves metrics without a key and nothing else, and follows the config', async () => {
  const { app } = await start();
  const [first, second] = [await freePort(), await freePort()];
  const listen = (port: number) =>
    app.send('PUT', '/config.yaml', `${app.readConfig()}metrics: {listen: "127.0.0.1:${port}"}\n`, {});
  const before = app.readConfig();
  const open = (port: number, path = '/metrics') =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 'refused',
    );
  expect((await listen(first)).status).toBe(200);
  await expect.poll(() => open(first)).toBe(200);
  expect([await open(first, '/healthz'), await open(first, '/v0/management/config')]).toEqual([404, 404]);
  await app.send('PUT', '/config.yaml', before, {});
  await expect.poll(() => open(first)).toBe('refused');
  expect((await listen(second)).status).toBe(200);
  await expect.poll(() => open(second)).toBe(200);
});

test('an address that is none makes the config invalid', async () => {
  const { app } = await start();
  for (const listen of ['9317', '127.0.0.1:99999', '127.0.0.1:x', '::1:9317']) {
    const response = await app.send('PUT', '/config.yaml', `${app.readConfig()}metrics: {listen: "${listen}"}\n`, {});
    expect([listen, response.status]).toEqual([listen, 422]);
  }
});

test('names beyond the bound share one label', () => {
  const names = new BoundedNames(2);
  expect(['a', 'b', 'c', 'a', null, ''].map((name) => names.of(name))).toEqual([
    'a',
    'b',
    'other',
    'a',
    'other',
    'other',
  ]);
});

test.each([
  [200, '2xx'],
  [206, '2xx'],
  [400, '400'],
  [413, '400'],
  [404, '404'],
  [499, '499'],
  [503, '503'],
  [529, '5xx'],
])('status %d is counted as %s', (status, label) => {
  expect(statusLabel(status)).toBe(label);
});

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
