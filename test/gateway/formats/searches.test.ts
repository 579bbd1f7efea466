// Searches of the web that a service made itself, shown to clients of each format that has a place for them.
import { describe, expect, test } from 'vitest';
import { ChunkedBuffer } from '../../../src-main/gateway/bytes/chunked-buffer.ts';
import { membersOf } from '../../../src-main/gateway/bytes/json-members.ts';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import type { IrEvent } from '../../../src-main/gateway/model/events.ts';
import { objectOf, objectsOf } from '../../../src-main/gateway/model/json.ts';
import { passthroughBody } from '../../../src-main/gateway/passthrough/passthrough-body.ts';
import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import {
  type ClientForm,
  crossPairs,
  decodeStream,
  framesOf,
  side,
  streamText,
  translation,
  wholeAnswer,
} from '../support/translations.ts';

const url = 'https://example.com/a';
const [query, said] = ['tallest tower', 'It is in Dubai.'];

/** A response of each service that searched. */
const answers: Readonly<Record<Exclude<ClientForm, 'chat'>, JsonObject>> = {
  responses: {
    id: 'r',
    status: 'completed',
    output: [
      {
        type: 'web_search_call',
        id: 'ws_1',
        status: 'completed',
        action: { type: 'search', query, queries: [query], sources: [{ type: 'url', url }] },
      },
      { type: 'web_search_call', id: 'ws_2', status: 'completed', action: { type: 'open_page', url } },
      { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: said, annotations: [] }] },
    ],
  },
  messages: {
    id: 'm',
    type: 'message',
    role: 'assistant',
    stop_reason: 'end_turn',
    content: [
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query } },
      {
        type: 'web_search_tool_result',
        tool_use_id: 'srvtoolu_1',
        content: [{ type: 'web_search_result', url, title: 'A', encrypted_content: 'E', page_age: null }],
      },
      { type: 'text', text: said },
    ],
  },
  gemini: {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: said }] },
        finishReason: 'STOP',
        groundingMetadata: { webSearchQueries: [query], groundingChunks: [{ web: { uri: url, title: 'A' } }] },
      },
    ],
  },
};

const requests: Readonly<Record<ClientForm, JsonObject>> = {
  chat: { model: 'm', messages: [{ role: 'user', content: 'U' }] },
  responses: { model: 'm', input: 'U', tools: [{ type: 'web_search' }] },
  messages: {
    model: 'm',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'U' }],
    tools: [{ type: 'web_search_20250305', name: 'web_search' }],
  },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'U' }] }], tools: [{ googleSearch: {} }] },
};

/** What a client of a format is shown: queries, addresses and text, in their order. */
const shown: Readonly<Record<ClientForm, (response: JsonObject) => readonly unknown[]>> = {
  chat: ({ choices }) => [objectOf(objectsOf(choices)[0]?.message).content],
  responses: ({ output }) =>
    objectsOf(output).flatMap(({ type, action, content }) =>
      type === 'web_search_call'
        ? [objectOf(action).query, ...objectsOf(objectOf(action).sources).map((source) => source.url)]
        : objectsOf(content).map(({ text }) => text),
    ),
  messages: ({ content }) =>
    objectsOf(content).flatMap(({ type, input, content: found, text }) =>
      type === 'server_tool_use'
        ? [objectOf(input).query]
        : type === 'web_search_tool_result'
          ? objectsOf(found).map((page) => page.url)
          : [text],
    ),
  gemini: ({ candidates }) => {
    const [{ content, groundingMetadata } = {} as JsonObject] = objectsOf(candidates);
    const { webSearchQueries, groundingChunks } = objectOf(groundingMetadata);
    return [
      ...(webSearchQueries as readonly unknown[]),
      ...objectsOf(groundingChunks).map(({ web }) => objectOf(web).uri),
      objectsOf(objectOf(content).parts)
        .map(({ text }) => text)
        .join(''),
    ];
  },
};

const isSearching = (form: ClientForm): form is keyof typeof answers => form !== 'chat';

const pairs = crossPairs.flatMap(({ client, upstream }) => (isSearching(upstream) ? [{ client, upstream }] : []));

describe.each(pairs)('$client client, $upstream upstream', ({ client, upstream }) => {
  test('is shown what the service searched for and found, then its text', () => {
    const { reader, fold } = translation(side(client, upstream), requests[client]);
    const response = fold(reader.whole(answers[upstream])) as JsonObject;
    expect(shown[client](response)).toEqual(isSearching(client) ? [query, url, said] : [said]);
  });
});

const search: IrEvent = { type: 'block-start', index: 0, block: { kind: 'search', query, pages: [{ url }] } };
const events: readonly IrEvent[] = [
  { type: 'start', id: 'a', model: 'm' },
  search,
  { type: 'block-stop', index: 0 },
  { type: 'block-start', index: 1, block: { kind: 'text' } },
  { type: 'delta', index: 1, text: said },
  { type: 'block-stop', index: 1 },
  { type: 'finish', reason: 'stop' },
  { type: 'end' },
];

test.each(['responses', 'messages'] as const)('a search in a stream of %s is read as it is written', (form) => {
  const read = decodeStream(formats[form], framesOf(streamText(formats[form], events)));
  const found = read.flatMap((event) => (event.type === 'block-start' ? [event.block] : []));
  expect(found).toMatchObject([{ kind: 'search', query, pages: [{ url }] }, { kind: 'text' }]);
});

test('a search in a stream of Gemini stands before the text, or behind it when it comes later', () => {
  const chunk = (text: string, more: JsonObject = {}) => ({
    data: JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }] }),
    event: undefined,
  });
  const found = { groundingMetadata: objectOf(objectsOf(answers.gemini.candidates)[0]).groundingMetadata };
  const kinds = (...frames: readonly ReturnType<typeof chunk>[]) =>
    decodeStream(formats.gemini, frames).flatMap((event) => (event.type === 'block-start' ? [event.block.kind] : []));
  expect(kinds(chunk('A', found), chunk('B', { ...found, finishReason: 'STOP' }))).toEqual(['search', 'text']);
  expect(kinds(chunk('A'), chunk('B', { ...found, finishReason: 'STOP' }))).toEqual(['text', 'search']);
});

test.each(['responses', 'messages'] as const)('a search of another service is not sent to %s itself', (form) => {
  const response = wholeAnswer(formats[form], events) as JsonObject;
  const [history, name] =
    form === 'responses'
      ? [objectsOf(response.output), 'input']
      : [[{ role: 'assistant', content: response.content }], 'messages'];
  const json = JSON.stringify({ ...requests[form], [name]: [{ role: 'user', content: 'U' }, ...history] });
  const body = new ChunkedBuffer([Buffer.from(json)]);
  const passed = { body, members: membersOf(body) ?? [], stream: false, action: 'generate' as const };
  const sent = passthroughBody(passed, formats[form], { model: 'm' }, new DroppedFields());
  const left = Buffer.concat([sent].flat()).toString();
  expect(left).not.toContain(query);
  expect(left).toContain(said);
  expect(isObject(JSON.parse(left))).toBe(true);
});
