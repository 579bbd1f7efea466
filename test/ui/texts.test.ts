// What the window works out by itself: values in YAML text, log lines, masks, drafts, axis ticks.
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { countChangedLines } from '../../src-renderer/components/line-diff.ts';
import { maskEmail, maskKey, maskText } from '../../src-renderer/components/mask.ts';
import { ticksFor } from '../../src-renderer/components/ticks.ts';
import { outlineOf, readScalar, writeScalar } from '../../src-renderer/pages/config/yaml-scalar.ts';
import { redacted } from '../../src-renderer/pages/files/redact.ts';
import { changedLines } from '../../src-renderer/pages/help/changed-lines.ts';
import { generateKey } from '../../src-renderer/pages/keys/generate-key.ts';
import { appended, parseLine } from '../../src-renderer/pages/logs/log-line.ts';
import { errorsOf, pastedRows, row, sharedName, toDraft, toEntry } from '../../src-renderer/pages/providers/draft.ts';
import { type Kind, kinds } from '../../src-renderer/pages/providers/kinds.ts';

const kind = (id: Kind['id']) => kinds.find((candidate) => candidate.id === id) as Kind;

describe('a value in YAML text', () => {
  const text = [
    '# head',
    'debug: false # why',
    'proxy-url: "http://a:b@c:1#d" # quoted',
    'remote-management:',
    '    # inside',
    '    allow-remote: false',
    'api-keys:',
    '  - debug: x',
    '',
  ].join('\n');

  test('is read without its comment and quotes', () => {
    expect(readScalar(text, 'debug')).toBe('false');
    expect(readScalar(text, 'proxy-url')).toBe('http://a:b@c:1#d');
    expect(readScalar(text, 'remote-management/allow-remote')).toBe('false');
    expect(readScalar(text, 'remote-management/secret-key')).toBeUndefined();
    expect(readScalar(text, 'port')).toBeUndefined();
  });

  test('is replaced where it stands; every other character stays', () => {
    expect(writeScalar(text, 'debug', true)).toBe(text.replace('debug: false # why', 'debug: true # why'));
    expect(writeScalar(text, 'remote-management/allow-remote', true)).toBe(
      text.replace('allow-remote: false', 'allow-remote: true'),
    );
  });

  test('is added where it belongs', () => {
    expect(load(writeScalar(text, 'routing/strategy', 'fill-first'))).toMatchObject({
      routing: { strategy: 'fill-first' },
    });
    expect(writeScalar('a: 1', 'debug', true)).toBe('a: 1\ndebug: true\n');
    expect(writeScalar('a: 1\r\n', 'debug', true)).toBe('a: 1\r\ndebug: true\r\n');
    expect(writeScalar('debug:\n', 'debug', true)).toBe('debug: true\n');
  });

  test('comes back from YAML as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer(), fc.boolean()), (value) => {
        const written = writeScalar(text, 'proxy-url', value);
        const document = load(written) as Record<string, unknown>;
        expect(document['proxy-url']).toEqual(value);
        expect({ ...document, 'proxy-url': 0 }).toEqual({ ...(load(text) as object), 'proxy-url': 0 });
        expect(readScalar(written, 'proxy-url')).toBe(String(value));
      }),
      { examples: [['.5'], ['.inf'], ['../a'], ['1:2'], ['~']] },
    );
  });

  test('the outline has top-level keys with their lines', () => {
    expect(outlineOf(text)).toEqual([
      ['debug', 2],
      ['proxy-url', 3],
      ['remote-management', 4],
      ['api-keys', 7],
    ]);
  });

  test('changed lines are counted', () => {
    const changes = [
      [text, text],
      ['a\nb\nc', 'a\nx\nc'],
      ['a', 'a\nb\nc'],
      // Far apart, with everything between them unchanged.
      ['a\nb\nc\nd\ne', 'x\nb\nc\nd\ny'],
      ['a\nb\nc\nd', 'b\nc\nd\ne'],
    ] as const;
    expect(changes.map(([before, after]) => countChangedLines(before, after))).toEqual([0, 1, 2, 2, 2]);
  });

  test('changed lines are told with one line around each, never twice', () => {
    const told = changedLines('a\nb\nc\nd\ne\nf', 'a\nB\nc\nd\ne\nF').map(({ sign, text }) => `${sign}${text}`);
    expect(told).toEqual([' a', '−b', '+B', ' c', ' e', '−f', '+F']);
  });
});

describe('a log line', () => {
  test('of a request has its status and time in columns', () => {
    const line = parseLine(
      '[2026-11-25 18:13:28] [info] [server.ts] [GIN] 2026/11/25 - 18:13:28 | 200 |          12ms |       127.0.0.1 | GET     "/v0/management/config?x=1"',
      undefined,
    );
    expect(line).toMatchObject({
      time: '18:13:28',
      level: 'info',
      part: 'server',
      message: 'GET /v0/management/config?x=1',
      status: '200',
      took: '12 ms',
      management: true,
    });
  });

  test('that goes on takes the level of the line before', () => {
    const lines = appended([], ['[2026-11-25 18:13:28] [error] [a.ts] broken', '  at place']);
    expect(lines[1]).toMatchObject({ time: '', level: 'error', message: '  at place' });
  });

  test('of any form is shown, never lost', () => {
    fc.assert(fc.property(fc.string(), (text) => parseLine(text, undefined).text === text));
  });
});

describe('secrets', () => {
  test('are cut so that they cannot be used', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 9, maxLength: 80 }), (key) => {
        const shown = maskKey(key).replace('…', '');
        expect(shown.length).toBeLessThanOrEqual(Math.max(7, Math.min(11, key.length - 2)));
      }),
    );
    expect(maskKey('short')).toBe('••••');
    expect(maskEmail('to name@example.com now')).toBe('to n•••@e••• now');
    expect(maskText('key sk-abcdefghijkl of a@b.c')).not.toMatch(/efgh|a@b/);
  });

  test('in an account file are hidden at any depth', () => {
    const shown = redacted('{"type":"x","token":{"access_token":"s1","expiry":"t"},"cookie":"s2"}', '(hidden)');
    expect(JSON.parse(shown)).toEqual({
      type: 'x',
      token: { access_token: '(hidden)', expiry: 't' },
      cookie: '(hidden)',
    });
    expect(redacted('no json s3', '(hidden)')).toBe('(hidden)');
  });

  test('that are made are long, random and plain', () => {
    const made = new Set(Array.from({ length: 100 }, generateKey));
    expect(made.size).toBe(100);
    for (const key of made) expect(key).toMatch(/^sk-cpd-[A-HJ-NP-Za-km-z2-9]{32}$/);
  });
});

describe('the draft of a provider', () => {
  test('keeps fields that the window does not know', () => {
    const entry = {
      name: 'a',
      'base-url': 'https://x',
      priority: 3,
      'api-key-entries': [{ 'api-key': 'k', weight: 2 }],
      models: [{ name: 'm', alias: 'n', thinking: true }],
      'reasoning-history': false,
    };
    expect(toEntry(toDraft(entry), kind('openai'))).toEqual(entry);
  });

  test('leaves empty rows and fields out', () => {
    const draft = { ...toDraft({ 'api-key': ' k ' }), models: [row(), row('m')], headers: [row('', 'v')] };
    expect(toEntry(draft, kind('claude'))).toEqual({ 'api-key': 'k', models: [{ name: 'm' }] });
  });

  test('is rejected with a reason', () => {
    const empty = toDraft({});
    expect(errorsOf(empty, kind('openai'), [])).toEqual({ name: 'name-missing', baseUrl: 'url-missing' });
    expect(errorsOf({ ...empty, apiKey: 'k' }, kind('codex'), [])).toEqual({ baseUrl: 'url-missing' });
    expect(errorsOf({ ...empty, apiKey: 'k', baseUrl: 'x' }, kind('claude'), [])).toEqual({ baseUrl: 'url-wrong' });
    expect(errorsOf({ ...empty, apiKey: 'k' }, kind('gemini'), [{ 'api-key': 'k' }])).toEqual({ apiKey: 'key-taken' });
  });

  test('names two models that clients could not tell apart', () => {
    expect(sharedName([row('a', 'x'), row('b'), row('c', 'x')])).toEqual([1, 3]);
    expect(sharedName([row('a'), row('b', 'c')])).toBeUndefined();
  });

  test('takes pasted rows in many forms', () => {
    const rows = pastedRows('a b\nc, d\n\ne\tf\ng => h\ni').map(({ left, right }) => [left, right]);
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
      ['i', ''],
    ]);
  });
});

test('an axis has round ticks that reach the highest bar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (top) => {
      const ticks = ticksFor(top);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(top);
      expect(ticks.length).toBeLessThanOrEqual(4);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
  expect(ticksFor(110)).toEqual([0, 40, 80, 120]);
});
