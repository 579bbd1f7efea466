// Several responses to one question, from services that give one at a time.
import { describe, expect, test } from 'vitest';
import { objectOf, objectsOf } from '../../src-main/gateway/model/json.ts';
import { gatewayWorld, inOrder, type Script, sendJson, startUpstream } from './support/gateway-world.ts';
import { framesOf } from './support/translations.ts';

const message = (text: string) => ({
  id: `msg_${text}`,
  type: 'message',
  role: 'assistant',
  model: 'up',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 7, output_tokens: 3 },
});

const numbered: Script = (_, response, index) => sendJson(response, 200, message(`answer ${index}`));

const event = (data: { readonly type: string; readonly [name: string]: unknown }) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const opening = (text: string) =>
  event({ type: 'message_start', message: { ...message(''), content: [] } }) +
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const closing = (text: string) =>
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }) +
  event({ type: 'content_block_stop', index: 0 }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } }) +
  event({ type: 'message_stop' });

/** Streams that all begin before any of them ends. */
function mixed(count: number, end = closing): Script {
  const open: (() => void)[] = [];
  return (_, response, index) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(opening(`begin ${index}`));
    open.push(() => response.end(end(`, end ${index}`)));
    if (open.length === count) for (const finish of open) finish();
  };
}

const claude = (url: string, more: object = {}) => ({
  'claude-api-key': [{ 'api-key': 'k', 'base-url': url, models: [{ name: 'up', alias: 'm' }] }],
  'request-retry': 0,
  ...more,
});

const contents = { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generationConfig: { candidateCount: 3 } };
const chat = { model: 'm', n: 3, messages: [{ role: 'user', content: 'Hi' }] };

async function world(script: Script, more: object = {}) {
  const upstream = await startUpstream(script);
  return { upstream, ...(await gatewayWorld(claude(upstream.url, more))) };
}

describe('a chat client', () => {
  test('gets as many choices as it asked for, and the tokens of all of them', async () => {
    const { ask, upstream, records } = await world(numbered);
    const response = objectOf(await (await ask('/v1/chat/completions', chat)).json());
    expect(upstream.calls).toHaveLength(3);
    expect(objectsOf(response.choices).map(({ index }) => index)).toEqual([0, 1, 2]);
    const texts = objectsOf(response.choices).map((choice) => objectOf(choice.message).content);
    expect(texts.toSorted()).toEqual(['answer 0', 'answer 1', 'answer 2']);
    expect(response.usage).toMatchObject({ prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 });
    expect(records).toMatchObject([{ status: 200, tokens: { input: 21, output: 9 } }]);
  });

  test('gets their streams mixed, each chunk with its number, one count of tokens and one end', async () => {
    const { ask } = await world(mixed(3));
    const stream = { ...chat, stream: true, stream_options: { include_usage: true } };
    const frames = framesOf(await (await ask('/v1/chat/completions', stream)).text());
    expect(frames.at(-1)?.data).toBe('[DONE]');
    expect(frames.filter(({ data }) => data === '[DONE]')).toHaveLength(1);
    const chunks = frames.slice(0, -1).map(({ data }) => objectOf(JSON.parse(data)));
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.flatMap(({ usage }) => usage ?? [])).toMatchObject([{ prompt_tokens: 21, completion_tokens: 9 }]);
    const choices = chunks.flatMap((chunk) => objectsOf(chunk.choices));
    const texts = [0, 1, 2].map((index) => {
      const own = choices.filter((choice) => choice.index === index);
      expect(own.at(-1)?.finish_reason).toBe('stop');
      return own.map(({ delta }) => objectOf(delta).content ?? '').join('');
    });
    expect(texts.toSorted()).toEqual([0, 1, 2].map((index) => `begin ${index}, end ${index}`));
  });

  test('is told of one error before the first of them has begun, and the next key is asked', async () => {
    const fails = inOrder(
      numbered,
      (_, response) => sendJson(response, 429, { error: { message: 'too many' } }),
      numbered,
    );
    const upstream = await startUpstream(fails);
    const entry = { 'base-url': upstream.url, models: [{ name: 'up', alias: 'm' }] };
    const keys = ['a', 'b'].map((key) => ({ ...entry, 'api-key': key }));
    const { ask } = await gatewayWorld(claude(upstream.url, { 'claude-api-key': keys }));
    const response = await ask('/v1/chat/completions', chat);
    expect(response.status).toBe(200);
    expect(objectsOf(objectOf(await response.json()).choices)).toHaveLength(3);
    expect(upstream.keys()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  });

  test('is told when one of them breaks off', async () => {
    const { ask, records } = await world(mixed(3, (text) => (text.endsWith('1') ? '' : closing(text))));
    const text = await (await ask('/v1/chat/completions', { ...chat, stream: true })).text();
    expect(text).toContain('"error"');
    expect(records).toMatchObject([{ outcome: 'failure' }]);
  });

  test('with a seed gets responses of different seeds', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, 200, { candidates: [{ content: { parts: [{ text: 'A' }] }, finishReason: 'STOP' }] }),
    );
    const { ask } = await gatewayWorld({
      'gemini-api-key': [{ 'api-key': 'k', 'base-url': upstream.url, models: [{ name: 'up', alias: 'm' }] }],
    });
    await (await ask('/v1/chat/completions', { ...chat, seed: 5 })).text();
    const seeds = upstream.calls.map(({ body }) => objectOf(body.generationConfig).seed);
    expect(seeds.toSorted()).toEqual([5, 6, 7]);
  });

  test.each([17, 2.5])('is refused %s responses, and nobody is asked', async (n) => {
    const { ask, upstream } = await world(numbered);
    const response = await ask('/v1/chat/completions', { ...chat, n });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('n: ') } });
    expect(upstream.calls).toEqual([]);
  });

  test('leaves its number to a service that takes it', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, 200, { id: 'c', choices: [{}, {}, {}] }));
    const { ask } = await gatewayWorld({
      'openai-compatibility': [
        {
          name: 'p',
          'base-url': upstream.url,
          'api-key-entries': [{ 'api-key': 'k' }],
          models: [{ name: 'up', alias: 'm' }],
        },
      ],
    });
    await (await ask('/v1/chat/completions', chat)).text();
    expect(upstream.calls).toMatchObject([{ body: { n: 3 } }]);
  });
});

test('a completions client gets several texts', async () => {
  const { ask } = await world(numbered);
  const response = objectOf(await (await ask('/v1/completions', { model: 'm', prompt: 'Hi', n: 2 })).json());
  expect(objectsOf(response.choices)).toMatchObject(
    [
      { index: 0, text: /answer/ },
      { index: 1, text: /answer/ },
    ].map(({ index }) => ({ index, text: expect.stringContaining('answer') })),
  );
  const best = await ask('/v1/completions', { model: 'm', prompt: 'Hi', n: 2, best_of: 4 });
  expect(best.status).toBe(400);
});

describe('a Gemini client', () => {
  const path = (method: string) => `/v1beta/models/m:${method}`;

  test('gets several candidates', async () => {
    const { ask } = await world(numbered);
    const response = objectOf(await (await ask(path('generateContent'), contents)).json());
    expect(objectsOf(response.candidates).map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(response.usageMetadata).toMatchObject({ promptTokenCount: 21, candidatesTokenCount: 9 });
  });

  test.each(['', '?alt=sse'])('gets their streams mixed, in the framing that it asks for (%s)', async (query) => {
    const { ask } = await world(mixed(3));
    const text = await (await ask(path('streamGenerateContent') + query, contents)).text();
    const chunks =
      query === '' ? JSON.parse(text) : framesOf(text.replaceAll('\r', '')).map(({ data }) => JSON.parse(data));
    const candidates = objectsOf(chunks).flatMap((chunk) => objectsOf(chunk.candidates));
    expect(new Set(candidates.map(({ index }) => index))).toEqual(new Set([0, 1, 2]));
    expect(candidates.filter(({ finishReason }) => finishReason === 'STOP')).toHaveLength(3);
  });
});
