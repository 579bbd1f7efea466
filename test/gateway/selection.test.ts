// Which key is asked: turns, order, cooldowns, retries, all on a fake clock.
import { describe, expect, test } from 'vitest';
import { objectsOf } from '../../src-main/gateway/model/json.ts';
import {
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  sendJson,
  startUpstream,
  whileTimePasses,
} from './support/gateway-world.ts';

const minute = 60_000;

const say = (role: string, content: string) => ({ role, content });

describe('routing.strategy', () => {
  test('round-robin gives each key its turn', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b', 'c']));
    for (let turn = 0; turn < 6; turn++) await world.chat();
    expect(upstream.keys()).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('round-robin goes on where it was after a change of the config', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
    await world.chat();
    world.change(provider(upstream.url, ['a', 'b'], { debug: true }));
    await world.chat();
    expect(upstream.keys()).toEqual(['a', 'b']);
  });

  test('fill-first stays with the first key as long as it works', async () => {
    const upstream = await startUpstream(responses);
    const config = provider(upstream.url, ['a', 'b'], { routing: { strategy: 'fill-first' } });
    const world = await gatewayWorld(config);
    for (let turn = 0; turn < 3; turn++) await world.chat();
    upstream.play(inOrder(fails(429), responses));
    await world.chat();
    await world.chat();
    expect(upstream.keys()).toEqual(['a', 'b', 'b']);
  });
});

describe('cooldowns', () => {
  test.each([
    [401, 30 * minute],
    [402, 30 * minute],
    [403, 30 * minute],
  ])('a key answered with %i is left out for half an hour, and clients are told why', async (status, rest) => {
    const upstream = await startUpstream(fails(status));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    expect((await world.chat()).status).toBe(503);
    upstream.play(responses);
    world.clock.advance(rest - 1_000);
    const refused = await world.chat();
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain(String(status));
    expect(upstream.calls).toHaveLength(0);
    world.clock.advance(1_000);
    expect((await world.chat()).status).toBe(200);
  });

  test('a key whose quota is used up is left out twice as long each time, at most half an hour', async () => {
    const upstream = await startUpstream(fails(429));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const rests: number[] = [];
    for (let level = 0; level < 13; level++) {
      await world.chat();
      const refused = await world.chat();
      rests.push(Number(refused.headers.get('retry-after')));
      expect(refused.status).toBe(429);
      world.clock.advance(rests.at(-1)! * 1_000);
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800]);
    expect(upstream.calls).toHaveLength(13);
  });

  test.each([
    ['Retry-After in seconds', { 'retry-after': '90' }, undefined, 90],
    ['retry-after-ms', { 'retry-after-ms': '2500' }, undefined, 3],
    ['a week', { 'retry-after': '604800' }, undefined, 1800],
    ['no time at all', { 'retry-after': '0' }, undefined, 1],
    [
      "Google's RetryInfo",
      {},
      { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' }] },
      37,
    ],
    ["Codex' resets_in_seconds", {}, { resets_in_seconds: 120 }, 120],
  ])('the upstream says when: %s', async (_, headers, more, seconds) => {
    const upstream = await startUpstream((__, response) =>
      sendJson(response, 429, { error: { message: 'slow down', ...more } }, headers),
    );
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    await world.chat();
    expect((await world.chat()).headers.get('retry-after')).toBe(String(seconds));
  });

  test('a key with a server error is tried last, but never left out', async () => {
    const upstream = await startUpstream(inOrder(fails(500), responses));
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
    await world.chat();
    await world.chat();
    expect(upstream.keys()).toEqual(['a', 'b', 'b']);
    upstream.play(fails(500));
    await world.chat();
    upstream.play(responses);
    expect((await world.chat()).status).toBe(200);
  });

  test('the model cools down, not the key', async () => {
    const upstream = await startUpstream(({ body }, response, index) =>
      (body.model === 'up' ? fails(429, { 'retry-after': '600' }) : responses)({} as never, response, index),
    );
    const config = provider(upstream.url, ['a']);
    const [entry] = config['openai-compatibility'] as [Record<string, unknown>];
    entry.models = [
      { name: 'up', alias: 'm' },
      { name: 'other', alias: 'n' },
    ];
    const world = await gatewayWorld(config);
    await world.chat();
    expect((await world.chat()).status).toBe(429);
    expect((await world.chat({ model: 'n' })).status).toBe(200);
  });

  test('disable-cooling lets a limited key be asked again at once', async () => {
    const upstream = await startUpstream(fails(429, { 'retry-after': '600' }));
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'disable-cooling': true }));
    await world.chat();
    await world.chat();
    expect(upstream.calls).toHaveLength(2);
  });

  test('a manual reset ends all cooldowns', async () => {
    const upstream = await startUpstream(fails(401));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    await world.chat();
    expect(world.gateway.resetCooldown(undefined, { kind: 'window' })).toBe(1);
    upstream.play(responses);
    expect((await world.chat()).status).toBe(200);
  });

  test('a cooldown outlives a change of the config, but not the key', async () => {
    const upstream = await startUpstream(fails(401));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    await world.chat();
    upstream.play(responses);
    world.change(provider(upstream.url, ['a'], { debug: true }));
    expect((await world.chat()).status).toBe(503);
    world.change(provider(upstream.url, ['b']));
    world.change(provider(upstream.url, ['a']));
    expect((await world.chat()).status).toBe(200);
  });
});

describe('request-retry', () => {
  test.each([403, 408, 429, 500, 502, 503, 504])('%i is asked again in further rounds', async (status) => {
    const upstream = await startUpstream(inOrder(fails(status), fails(status), responses));
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 2 }));
    const response = await whileTimePasses(world.clock, 50, world.chat());
    expect(response.status).toBe(200);
    expect(upstream.calls).toHaveLength(3);
  });

  test.each([400, 404, 413, 422])('%i is never sent again, to nobody', async (status) => {
    const upstream = await startUpstream(fails(status));
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b'], { 'request-retry': 3 }));
    const response = await world.chat();
    expect(response.status).toBe(status);
    expect(upstream.calls).toHaveLength(1);
  });

  test('a round asks every key once', async () => {
    const upstream = await startUpstream(fails(503));
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b'], { 'request-retry': 1 }));
    expect((await whileTimePasses(world.clock, 50, world.chat())).status).toBe(503);
    expect(upstream.keys()).toEqual(['a', 'b', 'a', 'b']);
  });

  test('pauses begin at a quarter of a second and double', async () => {
    const times: number[] = [];
    const upstream = await startUpstream((seen, response, index) => {
      times.push(world.clock.now());
      fails(500)(seen, response, index);
    });
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 3 }));
    await whileTimePasses(world.clock, 5, world.chat());
    const pauses = times.slice(1).map((time, index) => time - times[index]!);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index * 0.9);
      expect(pause).toBeLessThanOrEqual(250 * 2 ** index * 1.1 + 400);
    }
  });

  test('max-retry-interval: a longer wait ends the request with the time to wait', async () => {
    const upstream = await startUpstream(fails(429, { 'retry-after': '40' }));
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 2, 'max-retry-interval': 30 }));
    const response = await world.chat();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '40']);
    expect(upstream.calls).toHaveLength(1);
  });

  test('max-retry-interval: a wait within it is waited for', async () => {
    const times: number[] = [];
    const upstream = await startUpstream((seen, response, index) => {
      times.push(world.clock.now());
      inOrder(fails(429, { 'retry-after': '20' }), responses)(seen, response, index);
    });
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 1, 'max-retry-interval': 30 }));
    expect((await whileTimePasses(world.clock, 100, world.chat())).status).toBe(200);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(20_000);
  });
});

test('what one upstream cannot be told goes to the one that speaks the format of the client', async () => {
  const upstream = await startUpstream((_, response) => sendJson(response, 200, { id: 'r', output: [] }));
  const models = [{ name: 'm', alias: 'm' }];
  const world = await gatewayWorld({
    'claude-api-key': [{ 'api-key': 'claude', 'base-url': upstream.url, models }],
    'codex-api-key': [{ 'api-key': 'openai', 'base-url': `${upstream.url}/v1`, models }],
  });
  const input = [{ role: 'user', content: 'A' }, { type: 'compaction_trigger' }];
  for (let turn = 0; turn < 3; turn++)
    expect((await world.ask('/v1/responses', { model: 'm', input })).status).toBe(200);
  expect(new Set(upstream.keys())).toEqual(new Set(['openai']));
});

test('compaction is rejected with a sentence where no upstream has it', async () => {
  const world = await gatewayWorld({
    'claude-api-key': [{ 'api-key': 'k', 'base-url': 'http://127.0.0.1:1', models: [{ name: 'm', alias: 'm' }] }],
  });
  const response = await world.ask('/v1/responses', { model: 'm', input: [{ type: 'compaction_trigger' }] });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: 'compaction_not_supported', message: expect.stringContaining('Compaction by the service') },
  });
});

test.each([
  [true, 'Hm.'],
  [undefined, undefined],
])(
  'reasoning-history %s of a compatible provider decides whether earlier reasoning goes back',
  async (wanted, given) => {
    const upstream = await startUpstream(responses);
    const [entry] = provider(upstream.url, ['a'])['openai-compatibility'] as readonly object[];
    const world = await gatewayWorld({
      ...provider(upstream.url, ['a']),
      'openai-compatibility': [{ ...entry, ...(wanted === undefined ? {} : { 'reasoning-history': wanted }) }],
    });
    const content = [
      { type: 'thinking', thinking: 'Hm.', signature: '' },
      { type: 'text', text: 'Ho' },
    ];
    const messages = [say('user', 'A'), { role: 'assistant', content }, say('user', 'B')];
    expect((await world.ask('/v1/messages', { model: 'm', max_tokens: 9, messages })).status).toBe(200);
    const messagesSent = objectsOf(upstream.calls[0]?.body.messages);
    expect(messagesSent[1]?.reasoning_content).toBe(given);
  },
);

describe('priority', () => {
  const entry = (key: string, url: string, more: object = {}) => ({
    name: key,
    'base-url': url,
    'api-key-entries': [{ 'api-key': key }],
    models: [{ name: 'm' }],
    ...more,
  });

  test('the highest one is used alone while it works, and takes turns within itself', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld({
      'openai-compatibility': [
        entry('low', upstream.url, { priority: -1 }),
        entry('a', upstream.url, { priority: 5 }),
        entry('none', upstream.url),
        entry('b', upstream.url, { priority: 5 }),
      ],
    });
    for (let turn = 0; turn < 4; turn++) await world.chat();
    expect(upstream.keys()).toEqual(['a', 'b', 'a', 'b']);
  });

  test('a request goes on down the priorities, and those that cool down stand behind all others', async () => {
    const upstream = await startUpstream(fails(500));
    const world = await gatewayWorld({
      'openai-compatibility': [
        entry('low', upstream.url, { priority: -1 }),
        entry('high', upstream.url, { priority: 5 }),
        entry('none', upstream.url),
      ],
    });
    await world.chat();
    expect(upstream.keys()).toEqual(['high', 'none', 'low']);
    world.clock.advance(minute - 1);
    upstream.play(inOrder(fails(500), responses));
    await world.chat();
    expect(upstream.keys()).toEqual(['high', 'none']);
  });

  test('a key may have its own beside that of its entry', async () => {
    const upstream = await startUpstream(fails(500));
    const world = await gatewayWorld({
      'openai-compatibility': [
        entry('x', upstream.url, {
          priority: 1,
          'api-key-entries': [{ 'api-key': 'a' }, { 'api-key': 'b', priority: 2 }, { 'api-key': 'c', priority: 0 }],
        }),
      ],
    });
    await world.chat();
    expect(upstream.keys()).toEqual(['b', 'a', 'c']);
  });
});

describe('what an entry says for itself', () => {
  const entry = (url: string, more: object) => ({
    'openai-compatibility': [{ ...(provider(url, ['a'])['openai-compatibility'] as [object])[0], ...more }],
  });

  test('request-retry wins over that of the config; a negative one does not', async () => {
    const upstream = await startUpstream(fails(503));
    const tries = async (more: object, retries: number) => {
      upstream.play(fails(503));
      const world = await gatewayWorld({ ...entry(upstream.url, more), 'request-retry': retries });
      await whileTimePasses(world.clock, 1_000, world.chat());
      return upstream.calls.length;
    };
    expect(await tries({ 'request-retry': 0 }, 3)).toBe(1);
    expect(await tries({ 'request-retry': 2 }, 0)).toBe(3);
    expect(await tries({ 'request-retry': -1 }, 1)).toBe(2);
  });

  test('disable-cooling: it never cools down, or does though the config says not', async () => {
    const upstream = await startUpstream(fails(429, { 'retry-after': '600' }));
    const world = await gatewayWorld(entry(upstream.url, { 'disable-cooling': true }));
    for (let turn = 0; turn < 2; turn++) expect((await world.chat()).status).toBe(429);
    expect(upstream.calls).toHaveLength(2);
    world.change({ ...entry(upstream.url, { 'disable-cooling': false }), 'disable-cooling': true });
    for (let turn = 0; turn < 2; turn++) expect((await world.chat()).status).toBe(429);
    expect(upstream.calls).toHaveLength(3);
  });

  test('headers copy those of the client by name, but none that prove who it is', async () => {
    const upstream = await startUpstream(responses);
    const headers = {
      'X-Trace': '$x-TRACE-id',
      'X-Key': '$Authorization',
      'X-None': '$',
      ' X-Fixed ': ' f ',
      'X-Blank': ' ',
    };
    const world = await gatewayWorld(entry(upstream.url, { headers }));
    const chat = { model: 'm', messages: [{ role: 'user', content: 'U' }] };
    await world.ask('/v1/chat/completions', chat, { 'x-trace-id': 't1' });
    await world.ask('/v1/chat/completions', chat);
    const [first, second] = upstream.calls;
    expect(first?.headers).toMatchObject({ 'x-trace': 't1', 'x-fixed': 'f' });
    for (const name of ['x-key', 'x-none', 'x-blank']) expect(first?.headers).not.toHaveProperty(name);
    expect(second?.headers).not.toHaveProperty('x-trace');
  });
});

test.each([
  [0, ['a', 'b', 'b']],
  [-1, ['a', 'b', 'a']],
])('transient-error-cooldown-seconds %i', async (seconds, keys) => {
  const upstream = await startUpstream(inOrder(fails(500), responses));
  const world = await gatewayWorld(
    provider(upstream.url, ['a', 'b'], {
      'transient-error-cooldown-seconds': seconds,
      routing: { strategy: 'fill-first' },
    }),
  );
  await world.chat();
  await world.chat();
  expect(upstream.keys()).toEqual(keys);
});

test('max-retry-credentials bounds how many keys a round asks', async () => {
  const upstream = await startUpstream(fails(500));
  const world = await gatewayWorld(provider(upstream.url, ['a', 'b', 'c', 'd'], { 'max-retry-credentials': 2 }));
  await world.chat();
  expect(upstream.calls).toHaveLength(2);
});
