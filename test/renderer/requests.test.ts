// What the page of requests works out by itself.
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { withAlias } from '../../src-renderer/pages/requests/alias-text.ts';
import { parseSearch } from '../../src-renderer/pages/requests/filters/request-filter.ts';
import { editDistance, likelyModels } from '../../src-renderer/pages/requests/likely-models.ts';
import { curlLine, oneToken } from '../../src-renderer/pages/requests/repeat-request.ts';
import { partsOf } from '../../src-renderer/pages/requests/tries.tsx';
import { mergeNewestFirst } from '../../src-renderer/state/newest-first.ts';
import { storedRequest } from '../storage/stored-request.ts';

describe('an alias in the text of the config', () => {
  test.each([
    ['', '\nmodel-chains:\n  "a": ["b"]\n'],
    ['port: 1', 'port: 1\n\nmodel-chains:\n  "a": ["b"]\n'],
    ['model-chains:\n    x: [y] # kept\nport: 1\n', 'model-chains:\n    "a": ["b"]\n    x: [y] # kept\nport: 1\n'],
    ['model-chains: # mine\nport: 1\n', 'model-chains: # mine\n  "a": ["b"]\nport: 1\n'],
    ['model-chains: {}\r\nport: 1\r\n', 'model-chains:\r\n  "a": ["b"]\r\nport: 1\r\n'],
    ['model-chains:\r\n  x: [y]\r\n', 'model-chains:\r\n  "a": ["b"]\r\n  x: [y]\r\n'],
  ])('%j', (before, after) => expect(withAlias(before, 'a', 'b')).toBe(after));

  test('a mapping on one line is left to the person', () =>
    expect(withAlias('model-chains: {x: [y]}\n', 'a', 'b')).toBeUndefined());

  test('any name reads back as it was asked for, and all else stays', () => {
    const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    fc.assert(
      fc.property(name, name, (alias, model) => {
        const text = withAlias('port: 1\nmodel-chains:\n  kept: [one]\n', alias, model) ?? '';
        expect(load(text)).toEqual({ port: 1, 'model-chains': { [alias]: [model], kept: ['one'] } });
      }),
    );
  });
});

describe('what was probably meant', () => {
  const known = ['qwen3-coder-plus', 'qwen3-coder', 'qwen3-235b', 'gpt-5.6-sol', 'claude-opus-5'].map((name) => ({
    ...{ name, by: 'relay-a', uses: 0 },
  }));

  test('the nearest by spelling comes first, then its family', () =>
    expect(likelyModels('qwen3-codr-plus', known).map(({ name }) => name)).toEqual([
      'qwen3-coder-plus',
      'qwen3-coder',
      'qwen3-235b',
    ]));

  test('distances count one for each slip', () => {
    expect(editDistance('claude', 'cluade')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('codr', 'coder')).toBe(1);
  });
});

test('words with a known name are filters of their own', () =>
  expect(parseSearch('status:5xx model:sol key:laptop by:relay-a time out nope:x', () => 'id1')).toEqual({
    status: '5xx',
    model: '*sol*',
    key: 'id1',
    source: 'relay-a',
    q: 'time out nope:x',
  }));

describe('the bars of tries', () => {
  const one = (status: number, ms: number) => ({
    ...{ source: 'p', credential: 'c', model: 'm', status, ms },
    error: status === 200 ? null : 'no',
  });

  test('follow one another, and the response begins with the first byte', () => {
    const { record } = storedRequest(0, { tries: [one(429, 200), one(200, 700)], first_byte_ms: 500, total_ms: 900 });
    expect(partsOf(record)).toEqual([
      [{ kind: 'refused', from: 0, to: 200 }],
      [
        { kind: 'wait', from: 200, to: 500 },
        { kind: 'response', from: 500, to: 900 },
      ],
    ]);
  });
});

test('a request as a curl line holds no key, and its quotes are safe', () => {
  const line = curlLine({ form: 'messages', model: "it's", stream: true }, 'http://127.0.0.1:8317');
  expect(line).toContain("'http://127.0.0.1:8317/v1/messages'");
  expect(line).toContain("it'\\''s");
  expect(line).toContain('$CLIENT_KEY');
});

test('a list that takes in what came is in the order of all of them', () => {
  const rows = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-f]{1,3}$/), value: fc.nat() }), {
    selector: ({ id }) => id,
  });
  const inOrder = (list: readonly { readonly id: string }[]) => list.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  fc.assert(
    fc.property(rows, rows, (list, changes) => {
      const merged = mergeNewestFirst(inOrder(list) as typeof list, new Map(changes.map((row) => [row.id, row])));
      const all = new Map([...list, ...changes].map((row) => [row.id, row]));
      expect(merged).toEqual(inOrder([...all.values()]));
    }),
  );
});

test.each([
  ['chat', '/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1 }],
  ['messages', '/v1/messages', { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }],
  ['responses', '/v1/responses', { model: 'm', input: 'Hi', max_output_tokens: 16 }],
  [
    'gemini',
    '/v1beta/models/m:generateContent',
    { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], generationConfig: { maxOutputTokens: 1 } },
  ],
])('a request of the format %s is tried for as little as that allows', (form, path, body) =>
  expect(oneToken({ form, model: 'm', stream: true })).toEqual({ path, body }),
);

test.each(['embeddings', 'images/generations', 'count'])('a request of the format %s is not tried', (form) =>
  expect(oneToken({ form, model: 'm', stream: false })).toBeUndefined(),
);
