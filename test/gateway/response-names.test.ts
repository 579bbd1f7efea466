// Names that responses are given here: that of an alias with `force-mapping`, and that of the response before.
import { describe, expect, test } from 'vitest';
import { accountWorld, files } from './support/account-world.ts';
import { chatAnswer, gatewayWorld, type Script, sendJson, startUpstream } from './support/gateway-world.ts';

const dated = 'up-2026-01-01';
const user = { role: 'user', content: 'U' };
const sse = (events: readonly object[], last = ''): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + last;
const streams =
  (text: string): Script =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
  };

const chunk = (delta: object, finish: string | null = null) => ({
  ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: dated },
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const chat = {
  list: 'openai-compatibility',
  json: { ...chatAnswer(`about "model": "${dated}"`), model: dated },
  stream: sse([chunk({ role: 'assistant', content: 'hi' }), chunk({}, 'stop')], 'data: [DONE]\n\n'),
};
const message = {
  ...{ id: 'm', type: 'message', role: 'assistant', model: dated, content: [{ type: 'text', text: 'hi' }] },
  ...{ stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } },
};
const messages = {
  list: 'claude-api-key',
  json: message,
  stream: sse([
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'hi' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ]),
};
const item = {
  id: 'i',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'hi', annotations: [] }],
};
const response = {
  ...{ id: 'r', object: 'response', created_at: 1, status: 'completed', model: dated, output: [item] },
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
};
const responses = {
  list: 'codex-api-key',
  json: response,
  stream: sse([
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response },
  ]),
};
const candidate = { index: 0, content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP' };
const content = {
  candidates: [candidate],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  modelVersion: dated,
};
const gemini = { list: 'gemini-api-key', json: content, stream: sse([content]) };
const upstreams = { chat, messages, responses, gemini };

const clients = {
  chat: { path: '/v1/chat/completions', body: { messages: [user] } },
  messages: { path: '/v1/messages', body: { max_tokens: 9, messages: [user] } },
  responses: { path: '/v1/responses', body: { input: 'U', store: false } },
  gemini: { path: '/v1beta/models/nice', body: { contents: [{ role: 'user', parts: [{ text: 'U' }] }] } },
};

async function asked(
  upstream: keyof typeof upstreams,
  client: keyof typeof clients,
  { stream = false, forced = true } = {},
) {
  const { list, json, stream: text } = upstreams[upstream];
  const { url } = await startUpstream(stream ? streams(text) : (_, target) => sendJson(target, 200, json));
  const models = [{ name: 'up', alias: 'nice', 'force-mapping': forced }];
  const named = list === 'openai-compatibility';
  const keys = named ? { name: 'one', 'api-key-entries': [{ 'api-key': 'a' }] } : { 'api-key': 'a' };
  const root = upstream === 'messages' || upstream === 'gemini' ? url : `${url}/v1`;
  const world = await gatewayWorld({ [list]: [{ ...keys, 'base-url': root, models }] });
  const { path, body } = clients[client];
  const action = stream ? ':streamGenerateContent?alt=sse' : ':generateContent';
  const answer =
    client === 'gemini'
      ? await world.ask(path + action, body)
      : await world.ask(path, { model: 'nice', stream, ...body });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** The names of the model in a response, or in the events of one. */
function namesIn(text: string): readonly unknown[] {
  const texts = text.startsWith('{') ? [text] : text.split('\n').filter((line) => line.startsWith('data: {'));
  return texts
    .map((one) => JSON.parse(one.replace(/^data: /, '')))
    .flatMap((json) => [json, json.response ?? {}, json.message ?? {}])
    .flatMap(({ model, modelVersion }) => [model, modelVersion])
    .filter((name) => name !== undefined);
}

describe.each(Object.keys(upstreams) as (keyof typeof upstreams)[])('an upstream of the format %s', (upstream) => {
  describe.each(Object.keys(clients) as (keyof typeof clients)[])('a client of the format %s', (client) => {
    test.each([false, true])('names the alias; stream: %s', async (stream) => {
      const names = namesIn(await asked(upstream, client, { stream }));
      expect(new Set(names)).toEqual(new Set(['nice']));
    });
  });
});

test('what is said about models stays as it is', async () => {
  const text = await asked('chat', 'chat');
  expect(JSON.parse(text)).toEqual({ ...chat.json, model: 'nice' });
});

test('without it the name that the upstream gives goes through', async () => {
  expect(await asked('chat', 'chat', { forced: false })).toBe(JSON.stringify(chat.json));
  expect(await asked('messages', 'messages', { stream: true, forced: false })).toBe(messages.stream);
});

test('data in several lines and with a name in the event is named too', async () => {
  const pretty = `event: a\r\ndata: {"id":"c","model":\r\ndata: "${dated}","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]\n\n`;
  const { url } = await startUpstream(streams(pretty));
  const models = [{ name: 'up', alias: 'nice', 'force-mapping': true }];
  const keys = { name: 'one', 'base-url': `${url}/v1`, 'api-key-entries': [{ 'api-key': 'a' }] };
  const world = await gatewayWorld({ 'openai-compatibility': [{ ...keys, models }] });
  const text = await (
    await world.ask('/v1/chat/completions', { model: 'nice', stream: true, messages: [user] })
  ).text();
  expect(text).not.toContain(dated);
  expect(text).toContain('event: a\n');
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('embeddings name the alias', async () => {
  const vectors = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }], model: dated };
  const { url } = await startUpstream((_, target) => sendJson(target, 200, vectors));
  const models = [{ name: 'up', alias: 'nice', 'force-mapping': true }];
  const keys = { name: 'one', 'base-url': `${url}/v1`, 'api-key-entries': [{ 'api-key': 'a' }] };
  const world = await gatewayWorld({ 'openai-compatibility': [{ ...keys, models }] });
  const answer = await world.ask('/v1/embeddings', { model: 'nice', input: 'U', encoding_format: 'float' });
  expect(await answer.json()).toEqual({ ...vectors, model: 'nice' });
});

describe('a response that goes on from one that its upstream does not know', () => {
  const first = 'resp_1';
  const ask = async (more: object) => {
    const world = await accountWorld({ codex: files.codex });
    const body = { model: 'gpt-5', input: 'U' };
    expect(((await (await world.ask('/v1/responses', body)).json()) as { id: string }).id).toBe(first);
    const answer = await world.ask('/v1/responses', { ...body, previous_response_id: first, ...more });
    const { calls } = world.hosts;
    expect(JSON.parse(calls.at(-1)?.text ?? '')).not.toHaveProperty('previous_response_id');
    return answer.text();
  };

  test('names it', async () => {
    expect(JSON.parse(await ask({}))).toMatchObject({ object: 'response', previous_response_id: first });
  });

  test('names it in each event of a stream that holds the response', async () => {
    const events = (await ask({ stream: true })).split('\n').filter((line) => line.startsWith('data: {'));
    const whole = events.map((line) => JSON.parse(line.slice(6)).response).filter((one) => one !== undefined);
    expect(whole.map((one) => one.previous_response_id)).toEqual([first, first]);
  });
});
