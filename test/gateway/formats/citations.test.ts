// Citations of pages, from each format to each other, at their places in the text.
import { describe, expect, test } from 'vitest';
import type { IrEvent } from '../../../src-main/gateway/model/events.ts';
import { objectOf, objectsOf, textOf } from '../../../src-main/gateway/model/json.ts';
import { type ClientForm, clientFormats, crossPairs, framesOf, side, translation } from '../support/translations.ts';

const url = 'https://example.com/a';
/** With characters of one to four bytes, of one and two units. */
const [before, cited, after] = ['Grüße 🚀: ', 'Paris is big 🗼.', ' Ende.'];
const text = before + cited + after;
const [start, end] = [[...before].length, [...before].length + [...cited].length];
const bytes = (part: string) => Buffer.byteLength(part);

/** A response of each service with the citation. */
const answers: Readonly<Record<ClientForm, object>> = {
  chat: {
    id: 'c',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: text,
          annotations: [
            { type: 'url_citation', url_citation: { url, title: 'A', start_index: start, end_index: end } },
          ],
        },
      },
    ],
  },
  responses: {
    id: 'r',
    status: 'completed',
    output: [
      {
        type: 'message',
        id: 'm',
        role: 'assistant',
        content: [
          {
            type: 'output_text',
            text,
            annotations: [{ type: 'url_citation', url, title: 'A', start_index: start, end_index: end }],
          },
        ],
      },
    ],
  },
  messages: {
    id: 'm',
    type: 'message',
    role: 'assistant',
    stop_reason: 'end_turn',
    content: [
      { type: 'text', text: before },
      {
        type: 'text',
        text: cited,
        citations: [
          { type: 'web_search_result_location', url, title: 'A', encrypted_index: 'E', cited_text: 'It is big.' },
        ],
      },
      { type: 'text', text: after },
    ],
  },
  gemini: {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: 'Hm.', thought: true }, { text }] },
        finishReason: 'STOP',
        groundingMetadata: {
          groundingChunks: [{ web: { uri: url, title: 'A' } }],
          groundingSupports: [
            {
              segment: {
                partIndex: 1,
                startIndex: bytes(before),
                endIndex: bytes(before + cited),
                text: cited,
              },
              groundingChunkIndices: [0],
            },
          ],
        },
      },
    ],
  },
};

interface Seen {
  readonly url: unknown;
  readonly title: unknown;
  /** The part of the text that it is said of. */
  readonly of: string;
}

/** The citations that a client reads in a whole response. */
function read(client: ClientForm, response: unknown): readonly Seen[] {
  const body = objectOf(response);
  const part = (given: object, whole: unknown): Seen => {
    const { url: page, title, start_index: from, end_index: to } = objectOf(given);
    return { url: page, title, of: [...textOf(whole)].slice(Number(from), Number(to)).join('') };
  };
  if (client === 'chat') {
    const message = objectOf(objectsOf(body.choices)[0]?.message);
    return objectsOf(message.annotations).map(({ url_citation }) => part(objectOf(url_citation), message.content));
  }
  if (client === 'responses') {
    const content = objectsOf(body.output).flatMap((item) => objectsOf(item.content));
    return content.flatMap((one) => objectsOf(one.annotations).map((annotation) => part(annotation, one.text)));
  }
  if (client === 'messages')
    return objectsOf(body.content).flatMap((block) =>
      objectsOf(block.citations).map((citation) => ({
        url: citation.url,
        title: citation.title,
        of: textOf(block.text),
      })),
    );
  const [candidate] = objectsOf(body.candidates);
  const parts = objectsOf(objectOf(candidate?.content).parts);
  const { groundingChunks, groundingSupports } = objectOf(candidate?.groundingMetadata);
  return objectsOf(groundingSupports).map((support) => {
    const { partIndex = 0, startIndex, endIndex } = objectOf(support.segment);
    const whole = Buffer.from(textOf(parts[Number(partIndex)]?.text));
    const [at] = support.groundingChunkIndices as readonly number[];
    const web = objectOf(objectsOf(groundingChunks)[at ?? 0]?.web);
    return { url: web.uri, title: web.title, of: whole.toString('utf8', Number(startIndex), Number(endIndex)) };
  });
}

const ask: Readonly<Record<ClientForm, object>> = {
  chat: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
  responses: { model: 'm', input: 'Hi' },
  messages: { model: 'm', max_tokens: 99, messages: [{ role: 'user', content: 'Hi' }] },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
};

describe.each(crossPairs)('$upstream to $client', ({ client, upstream }) => {
  const open = (stream: boolean) => translation(side(client, upstream), { ...ask[client], stream }, { stream });

  test('a whole response', () => {
    const { reader, fold } = open(false);
    expect(read(client, fold(reader.whole(answers[upstream])))).toEqual([{ url, title: 'A', of: cited }]);
  });

  test('a stream says what a whole response says, of the whole text in Messages', () => {
    const { reader, writer } = open(true);
    const events: readonly IrEvent[] = reader.whole(answers[upstream]);
    const json = framesOf(events.map((event) => writer.encode(event)).join(''))
      .filter(({ data }) => data !== '[DONE]')
      .map(({ data }) => objectOf(JSON.parse(data)));
    const seen = {
      chat: () => {
        const deltas = json.flatMap(({ choices }) => objectsOf(choices).map(({ delta }) => objectOf(delta)));
        const message = {
          content: deltas.map(({ content }) => textOf(content)).join(''),
          annotations: deltas.flatMap(({ annotations }) => objectsOf(annotations)),
        };
        return read(client, { choices: [{ message }] });
      },
      responses: () => {
        const added = json.filter(({ type }) => type === 'response.output_text.annotation.added');
        const [done] = json.filter(({ type }) => type === 'response.completed');
        expect(added.map(({ annotation_index }) => annotation_index)).toEqual([0]);
        expect(objectsOf(objectOf(done?.response).output).flatMap(({ content }) => content)).toMatchObject([
          ...(upstream === 'gemini' ? [undefined] : []),
          { annotations: [added[0]?.annotation] },
        ]);
        return read(client, done?.response);
      },
      messages: () => {
        const deltas = json.map(({ delta }) => objectOf(delta));
        const block = {
          text: deltas.map((delta) => textOf(delta.text)).join(''),
          citations: deltas.flatMap(({ type, citation }) => (type === 'citations_delta' ? [citation] : [])),
        };
        return read(client, { content: [block] });
      },
      gemini: () => {
        const candidates = json.flatMap((chunk) => objectsOf(chunk.candidates));
        const parts = candidates.flatMap(({ content }) => objectsOf(objectOf(content).parts));
        const whole = parts.map((part) => textOf(part.text)).join('');
        const last = candidates.at(-1);
        return read(client, { candidates: [{ ...last, content: { parts: [{ text: whole }] } }] });
      },
    };
    expect(seen[client]()).toEqual([{ url, title: 'A', of: client === 'messages' ? text : cited }]);
  });
});

test.each(clientFormats.filter((format) => format !== 'messages'))(
  'a Messages client that wants its documents cited is told that %s cannot',
  (upstream) => {
    const content = [
      {
        type: 'document',
        source: { type: 'text', media_type: 'text/plain', data: 'A.' },
        citations: { enabled: true },
      },
    ];
    const { dropped } = translation(side('messages', upstream), {
      ...ask.messages,
      messages: [{ role: 'user', content }],
    });
    expect(dropped).toMatchObject([{ path: 'citations', severity: 'warn' }]);
  },
);

test('pages that a chat service lists beside its response are citations of all of it', () => {
  const { reader, fold } = translation(side('messages', 'chat'), ask.messages);
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'So.' } }];
  const events = reader.whole({ id: 'c', choices, citations: [url], search_results: [{ url, title: 'A' }] });
  expect(read('messages', fold(events))).toEqual([{ url, title: 'A', of: 'So.' }]);
});

test('places that overlap, and places behind the end, cite the whole text in Messages', () => {
  const { reader, fold } = translation(side('messages', 'responses'), ask.messages);
  const annotation = (from: number, to: number) => ({ type: 'url_citation', url, start_index: from, end_index: to });
  const output = (...annotations: readonly object[]) => [
    { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'abcdef', annotations }] },
  ];
  const overlapping = reader.whole({
    id: 'r',
    status: 'completed',
    output: output(annotation(0, 4), annotation(2, 6)),
  });
  expect(objectOf(fold(overlapping)).content).toMatchObject([{ text: 'abcdef', citations: [{ url }, { url }] }]);
  const { reader: second } = translation(side('messages', 'responses'), ask.messages);
  const beyond = second.whole({ id: 'r', status: 'completed', output: output(annotation(4, 99)) });
  expect(objectOf(fold(beyond)).content).toMatchObject([{ text: 'abcd' }, { text: 'ef', citations: [{ url }] }]);
});
