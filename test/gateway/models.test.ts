// Which models are offered, by which names, and what goes upstream for them.
import { describe, expect, test } from 'vitest';
import { gatewayWorld, provider, responses, type Script, sendJson, startUpstream } from './support/gateway-world.ts';

const geminiAnswer: Script = (_, response) =>
  sendJson(response, 200, {
    candidates: [{ content: { role: 'model', parts: [{ text: 'fine' }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  });

const messagesAnswer: Script = (_, response) =>
  sendJson(response, 200, {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'x',
    content: [{ type: 'text', text: 'fine' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  });

const gemini = (model: string) => `/v1beta/models/${model}:generateContent`;
const contents = { contents: [{ role: 'user', parts: [{ text: 'U' }] }] };

async function names(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: 'Bearer ck' } });
  const { data } = (await response.json()) as { data: readonly { id: string }[] };
  return data.map(({ id }) => id);
}

test('aliases are asked for in any case and stand for the name of the upstream', async () => {
  const upstream = await startUpstream(messagesAnswer);
  const models = [
    { name: 'claude-up-1', alias: 'Mine' },
    { name: 'claude-up-2', alias: 'mine' },
    { name: 'claude-plain' },
  ];
  const world = await gatewayWorld({ 'claude-api-key': [{ 'api-key': 'k', 'base-url': upstream.url, models }] });
  expect(await names(world.url)).toEqual(['Mine', 'claude-plain']);
  for (const model of ['mine', 'claude-plain']) {
    await world.ask('/v1/messages', { model, max_tokens: 9, messages: [{ role: 'user', content: 'U' }] });
  }
  expect(upstream.calls.map(({ body }) => body.model)).toEqual(['claude-up-1', 'claude-plain']);
});

test('excluded models are not offered by that key, with * for any letters', async () => {
  const upstream = await startUpstream(geminiAnswer);
  const entry = { 'api-key': 'a', 'base-url': upstream.url, 'excluded-models': ['*-flash*', 'GEMINI-2.5-PRO'] };
  const world = await gatewayWorld({ 'gemini-api-key': [entry, { 'api-key': 'b', 'base-url': upstream.url }] });
  for (let turn = 0; turn < 3; turn++) expect((await world.ask(gemini('gemini-2.5-pro'), contents)).status).toBe(200);
  expect(upstream.keys()).toEqual(['b', 'b', 'b']);
  world.change({ 'gemini-api-key': [entry] });
  expect((await world.ask(gemini('gemini-2.5-pro'), contents)).status).toBe(404);
});

test('a disabled key or provider is not asked', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const [entry] = provider(upstream.url, ['a'])['openai-compatibility'] as [Record<string, unknown>];
  world.change({ 'openai-compatibility': [{ ...entry, disabled: true }] });
  expect((await world.chat()).status).toBe(503);
  expect(upstream.calls).toHaveLength(0);
});

test('Vertex keys are asked at the publisher address with the key in its header', async () => {
  const upstream = await startUpstream(geminiAnswer);
  const entry = { 'api-key': 'vk', 'base-url': upstream.url, models: [{ name: 'gemini-2.5-pro', alias: 'vp' }] };
  const world = await gatewayWorld({ 'vertex-api-key': [entry] });
  expect((await world.ask(gemini('vp'), contents)).status).toBe(200);
  const [call] = upstream.calls;
  expect(call?.path).toBe('/v1/publishers/google/models/gemini-2.5-pro:generateContent');
  expect(call?.headers['x-goog-api-key']).toBe('vk');
});

test('model names with a slash can be asked for in Gemini addresses', async () => {
  const upstream = await startUpstream(responses);
  const config = provider(upstream.url, ['a']);
  const [entry] = config['openai-compatibility'] as [Record<string, unknown>];
  entry.models = [{ name: 'vendor/model', alias: 'vendor/model' }];
  const world = await gatewayWorld(config);
  expect((await world.ask(gemini('vendor/model'), contents)).status).toBe(200);
  expect(upstream.calls[0]?.body.model).toBe('vendor/model');
});

test.each([
  ['gemini-2.5-flash-nothinking', { thinkingBudget: 0, includeThoughts: false }],
  ['gemini-2.5-pro-nothinking', { thinkingBudget: 128, includeThoughts: false }],
  ['gemini-2.5-flash-thinking-1000', { thinkingBudget: 1000 }],
  ['gemini-2.5-flash-thinking-99999', { thinkingBudget: 24_576 }],
  ['gemini-2.5-pro-thinking-1', { thinkingBudget: 128 }],
])('%s sets the thinking budget and leaves the rest of the settings', async (model, thinkingConfig) => {
  const upstream = await startUpstream(geminiAnswer);
  const world = await gatewayWorld({ 'gemini-api-key': [{ 'api-key': 'a', 'base-url': upstream.url }] });
  await world.ask(gemini(model), {
    ...contents,
    generationConfig: { temperature: 0.5, thinkingConfig: { thinkingBudget: 5 } },
  });
  expect(upstream.calls[0]?.path).not.toContain('thinking');
  expect(upstream.calls[0]?.body.generationConfig).toEqual({ temperature: 0.5, thinkingConfig });
});

test('nobody offers the model: 404 that names it; nobody at all: 503 that says what to do', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const unknown = await world.chat({ model: 'no-such' });
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('no-such')]);
  world.change({});
  expect((await world.chat()).status).toBe(503);
});

test('a model that is not known here is asked for at the upstream, whose list counts for ten minutes', async () => {
  const upstream = await startUpstream((seen, response, index) => {
    if (seen.path === '/v1/models?limit=1000') sendJson(response, 200, { data: [{ id: 'claude-next' }] });
    else messagesAnswer(seen, response, index);
  });
  const world = await gatewayWorld({ 'claude-api-key': [{ 'api-key': 'k', 'base-url': upstream.url }] });
  const ask = (model: string) =>
    world.ask('/v1/messages', { model, max_tokens: 9, messages: [{ role: 'user', content: 'U' }] });
  expect(await names(world.url)).not.toContain('claude-next');
  expect((await ask('claude-next')).status).toBe(200);
  expect((await ask('claude-never')).status).toBe(404);
  expect(upstream.calls.map((call) => call.path)).toEqual(['/v1/models?limit=1000', '/v1/messages']);
  expect(await names(world.url)).toContain('claude-next');
  world.clock.advance(11 * 60_000);
  await ask('claude-never');
  expect(upstream.calls).toHaveLength(3);
});

test('an upstream whose models the config names is not asked for its list', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  expect((await world.chat({ model: 'no-such' })).status).toBe(404);
  expect(upstream.calls).toHaveLength(0);
});

describe('prefixes', () => {
  const entry = (name: string, url: string, prefix: string, more: object = {}) => ({
    name,
    'base-url': `${url}/v1`,
    prefix,
    'api-key-entries': [{ 'api-key': name }],
    models: [{ name: 'm1' }],
    ...more,
  });
  const ask = (world: { ask: (path: string, body: unknown) => Promise<Response> }, model: string) =>
    world.ask('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'U' }] });

  test('a prefixed name goes to those with that very prefix, under the bare name; both are listed', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld({
      'openai-compatibility': [
        entry('T', upstream.url, ' /team/ '),
        entry('P', upstream.url, ''),
        entry('X', upstream.url, 'a/b'),
      ],
    });
    expect((await names(world.url)).toSorted()).toEqual(['m1', 'team/m1']);
    for (const model of ['team/m1', 'team/M1']) expect((await ask(world, model)).status).toBe(200);
    expect(upstream.calls.map(({ key, body }) => [key, body.model])).toEqual([
      ['T', 'm1'],
      ['T', 'm1'],
    ]);
    for (const model of ['Team/m1', 'other/m1', 'a/b/m1']) expect((await ask(world, model)).status).toBe(404);
  });

  test('force-model-prefix: the bare name is for those without a prefix', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld({
      'force-model-prefix': true,
      'openai-compatibility': [
        entry('T', upstream.url, 'team', { models: [{ name: 'm1' }, { name: 'team' }] }),
        entry('P', upstream.url, ''),
      ],
    });
    expect((await names(world.url)).toSorted()).toEqual(['m1', 'team', 'team/m1', 'team/team']);
    for (const model of ['m1', 'm1', 'team', 'team/m1']) expect((await ask(world, model)).status).toBe(200);
    expect(upstream.keys()).toEqual(['P', 'P', 'T', 'T']);
  });

  test('a slash that is no prefix belongs to the name', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld({
      'openai-compatibility': [
        entry('P', upstream.url, '', { models: [{ name: 'team/m1' }] }),
        entry('T', upstream.url, 'team'),
      ],
    });
    for (let turn = 0; turn < 2; turn++) await ask(world, 'team/m1');
    expect(upstream.calls.map(({ body }) => body.model).toSorted()).toEqual(['m1', 'team/m1']);
  });

  test('an alias may stand behind a prefix, and a suffix in parentheses behind an alias', async () => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld({
      'openai-compatibility': [entry('T', upstream.url, 'team', { models: [{ name: 'm1', alias: 'Fast' }] })],
    });
    for (const model of ['team/fast', 'fast(high)', 'team/fast(high)', 't://fast(high)'])
      expect((await ask(world, model)).status).toBe(200);
    expect(upstream.calls.map(({ body }) => body.model)).toEqual(['m1', 'm1(high)', 'm1(high)', 'm1(high)']);
    expect((await ask(world, 'm1')).status).toBe(404);
  });
});

test('an alias that stands for several models lets them take turns, and the next one answers when one fails', async () => {
  const upstream = await startUpstream(responses);
  const models = ['one', 'two', 'three'].map((name) => ({ name, alias: 'best' }));
  const [entry] = provider(upstream.url, ['a'])['openai-compatibility'] as [object];
  for (const strategy of ['round-robin', 'fill-first']) {
    const world = await gatewayWorld({ routing: { strategy }, 'openai-compatibility': [{ ...entry, models }] });
    expect(await names(world.url)).toEqual(['best']);
    upstream.play(responses);
    for (let turn = 0; turn < 6; turn++) await world.chat({ model: 'best' });
    expect(upstream.calls.map(({ body }) => body.model)).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
    upstream.play((seen, response, index) =>
      index === 0 ? sendJson(response, 500, {}) : responses(seen, response, index),
    );
    expect((await world.chat({ model: 'best' })).status).toBe(200);
    expect(upstream.calls.map(({ body }) => body.model)).toEqual(['one', 'two']);
  }
});
