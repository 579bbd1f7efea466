// What the record of a request says: who could have answered, tokens nobody counted, and errors of our own.
import { expect, test } from 'vitest';
import {
  chatAnswer,
  eventually,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  sendJson,
  startUpstream,
} from './support/gateway-world.ts';

test('the record keeps the candidates as they were when the request came', async () => {
  const { url } = await startUpstream(inOrder(fails(401), responses));
  const [entry] = provider(url, ['key-aaaaaaaa', 'key-bbbbbbbb'])['openai-compatibility'] as readonly object[];
  const away = { ...entry, name: 'away', disabled: true };
  const { chat, routes } = await gatewayWorld({ 'openai-compatibility': [entry, away] });
  expect([(await chat()).status, (await chat()).status]).toEqual([200, 200]);
  const rows = (index: number) =>
    routes[index]?.map(({ source, credential, verdict }) => [source, credential, verdict]);
  expect(rows(0)).toEqual([
    ['compat', 'key-...aaaa', 'next'],
    ['compat', 'key-...bbbb', 'later'],
    ['away', 'key-...aaaa', 'disabled'],
    ['away', 'key-...bbbb', 'disabled'],
  ]);
  expect(rows(1)?.slice(0, 2)).toEqual([
    ['compat', 'key-...bbbb', 'next'],
    ['compat', 'key-...aaaa', 'cooling'],
  ]);
  expect(routes[1]?.[1]).toMatchObject({ why: expect.stringContaining('401'), until: expect.any(String) });
});

test('what a provider quotes in the error that a candidate cools down for is masked in the record', async () => {
  const secret = 'key-aaaaaaaa';
  const quoting = (_: unknown, response: Parameters<typeof sendJson>[0]) =>
    sendJson(response, 401, { error: { message: `no such key: ${secret}` } });
  const { url } = await startUpstream(inOrder(quoting, responses));
  const { chat, routes } = await gatewayWorld(provider(url, [secret, 'key-bbbbbbbb']));
  await chat();
  await chat();
  expect(JSON.stringify(routes)).not.toContain(secret);
});

test('a model that nobody offers and one that the key may not use have their candidates too', async () => {
  const { url } = await startUpstream(responses);
  const policy = { 'client-policies': [{ 'api-key': 'ck', sources: ['other'] }] };
  const { chat, routes, records } = await gatewayWorld(provider(url, ['a'], policy));
  expect((await chat()).status).toBe(403);
  expect(routes[0]).toMatchObject([{ source: 'compat', verdict: 'not-allowed' }]);
  expect(records[0]).toMatchObject({ status: 403, tries: [] });
});

test('with the history switched off no candidates are gathered', async () => {
  const { url } = await startUpstream(responses);
  const { chat, routes } = await gatewayWorld(provider(url, ['a'], { 'request-history': { enabled: false } }));
  await chat();
  expect(routes).toEqual([[]]);
});

const prompt = { messages: [{ role: 'user', content: 'x'.repeat(41) }] };

test('tokens that nobody counted are estimated in the record of every client, and not in the statistics', async () => {
  const { usage: _, ...uncounted } = chatAnswer('y'.repeat(9));
  const { url } = await startUpstream((_, response) => sendJson(response, 200, uncounted));
  const { chat, records, usage } = await gatewayWorld(provider(url, ['a']));
  await (await chat(prompt)).text();
  expect(records[0]?.tokens).toMatchObject({ input: 11, output: 3, estimated: true });
  expect(usage.totals().total_tokens).toBe(0);
});

test('a stream without numbers is estimated by its text, a long one too; one with numbers is not', async () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
  const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
  const play = (pieces: number, tail: string) => (_: unknown, response: Parameters<typeof sendJson>[0]) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let index = 0; index < pieces; index += 1) response.write(chunk('four'.repeat(100)));
    response.end(`${tail}data: [DONE]\n\n`);
  };
  const { url } = await startUpstream(
    inOrder(play(2, ''), play(600, ''), play(2, `data: ${JSON.stringify({ choices: [], usage })}\n\n`)),
  );
  const { chat, records } = await gatewayWorld(provider(url, ['a']));
  for (let index = 0; index < 3; index += 1) await (await chat({ ...prompt, stream: true })).text();
  await eventually(() => records.length === 3);
  expect(records.map(({ tokens }) => [tokens.input, tokens.output, tokens.estimated])).toEqual([
    [11, 200, true],
    [11, 60_000, true],
    [7, 3, false],
  ]);
});

test('an error of our own is told to the client, ends the record, and gives back what nobody was asked for', async () => {
  const { url, calls } = await startUpstream(responses);
  let isBroken = true;
  const limits = {
    windowsOf: () => {
      if (isBroken) throw new TypeError('a fault of ours');
      return [];
    },
    seen: () => undefined,
    keepOnly: () => {},
  };
  const document = {
    'client-policies': [{ 'api-key': 'ck', limits: [{ requests: 1, per: 'day' }], 'max-concurrent': 1 }],
    routing: { strategy: 'soonest-reset' },
  };
  const { chat, records, lines, gateway } = await gatewayWorld(provider(url, ['a', 'b'], document), { limits });
  const response = await chat();
  expect([response.status, await response.json()]).toMatchObject([500, { error: { message: expect.any(String) } }]);
  expect(records).toMatchObject([{ state: 'done', status: 500, outcome: 'failure', error: expect.any(String) }]);
  expect(lines.join('\n')).toContain('a fault of ours');
  expect(calls).toEqual([]);
  expect(await gateway.clientUsage()).toMatchObject([{ running: 0, limits: [{ used: 0 }] }]);
  isBroken = false;
  expect((await chat()).status).toBe(200);
  expect((await chat()).status).toBe(429);
});

test('where a request would go says that a limit is used up', async () => {
  const { url } = await startUpstream(responses);
  const policy = { 'api-key': 'ck', name: 'phone', limits: [{ requests: 1, per: 'day' }] };
  const { chat, gateway } = await gatewayWorld(provider(url, ['a'], { 'client-policies': [policy] }));
  expect(await gateway.explainRoute({ model: 'm', key: 'phone' })).toMatchObject({ allowed: true, why: null });
  await chat();
  expect(await gateway.explainRoute({ model: 'm', key: 'phone' })).toMatchObject({
    allowed: false,
    why: 'The limit on requests of this key is reached: 1 request per day.',
    candidates: [{ verdict: 'next' }],
  });
});

test('a long session is cut in the record, and followed whole', async () => {
  const { url, calls } = await startUpstream(responses);
  const { ask, records } = await gatewayWorld(provider(url, ['a', 'b']));
  const long = 's'.repeat(300);
  for (const id of [`${long}1`, `${long}2`, `${long}1`])
    await ask('/v1/chat/completions', { model: 'm', messages: [] }, { 'x-session-id': id });
  expect(records.map(({ session_id }) => session_id)).toEqual(Array(3).fill('s'.repeat(256)));
  expect(calls.map(({ key }) => key)).toEqual(['a', 'b', 'a']);
});
