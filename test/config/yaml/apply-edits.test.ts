import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src-main/config/yaml/apply-edits.ts';
import { readConfig } from '../../../src-main/config/yaml/read-config.ts';
import { uglyFiles } from './ugly-files.ts';

describe('an edit of an ugly file changes only what it names', () => {
  test.each(uglyFiles)('$name', ({ text, edits, result }) => {
    expect(applyEdits(text, edits)).toBe(result);
    expect(applyEdits(result, edits)).toBe(result);
  });
});

test('one item in the middle of 5,000 lines', () => {
  const line = (at: number): string =>
    `  ${at % 7 === 0 ? '-   ' : '- '}"key-${at}"${at % 3 === 0 ? ` # owner ${at}` : ''}\r\n`;
  const lines = Array.from({ length: 5000 }, (_, at) => line(at));
  const text = `debug: no\r\napi-keys:\r\n${lines.join('')}port: 1`;
  const keys = readConfig(text)['api-keys'];
  const renamed = applyEdits(text, [{ path: ['api-keys'], value: keys.with(2500, 'other') }]);
  expect(renamed).toBe(text.replace('"key-2500"', '"other"'));
  expect(applyEdits(text, [{ path: ['api-keys'], value: keys.toSpliced(3000, 1) }])).toBe(text.replace(line(3000), ''));
});

test.each([
  'null',
  '~',
  '',
  'yes',
  'No',
  'on',
  'off',
  'y',
  'N',
  'true',
  '12',
  '1_000',
  '0x1f',
  '0o7',
  '017',
  '1e3',
  '.5',
  '.inf',
  '12:30:45',
  '2001-12-14',
  '=',
  '<<',
  '- a',
  '? a',
  'a: b',
  'a:',
  ': a',
  'a #b',
  '#a',
  ' a',
  'a ',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '`a',
  '[a',
  '{a',
  ']a',
  ',a',
  '|',
  '>',
  "'a",
  '"a',
  '---',
  '...',
  'a\nb',
  'a\tb',
  '\u0007',
  '\u0085',
  '\u2028',
  '\ufeff',
])('the text %j is quoted when it is written', (value) => {
  const result = applyEdits('host: h\n', [{ path: ['proxy-url'], value }]);
  expect(result).toMatch(/^host: h\nproxy-url: (".*"|'.*')\n$/);
  expect(readConfig(result)['proxy-url']).toBe(value);
});

test.each([
  'a',
  'a b',
  '-a',
  ':a',
  '?a',
  'a:b',
  'a#b',
  'http://u:p@h:1/?q=1',
  "it's",
  'a,b',
  'a]',
  'é漢字🎉',
  'nullify',
  'yesterday',
  '1.2.3.4',
  '$2a$10$x',
])('the text %j needs no quotes', (value) => {
  expect(applyEdits('host: h\n', [{ path: ['proxy-url'], value }])).toBe(`host: h\nproxy-url: ${value}\n`);
});

test('new parents are made, and deleting what is not there changes nothing', () => {
  const text = 'debug: true # d';
  expect(applyEdits(text, [{ path: ['oauth-excluded-models', 'a.b', 0], value: 'm' }])).toBe(
    `${text}\noauth-excluded-models:\n  a.b:\n    - m`,
  );
  expect(applyEdits(text, [{ path: ['routing', 'strategy'], value: undefined }])).toBe(text);
});

test('an empty file gets its first key below its comments', () => {
  expect([
    applyEdits('', [{ path: ['debug'], value: true }]),
    applyEdits('# c\r\n', [{ path: ['debug'], value: true }]),
  ]).toEqual(['debug: true\n', '# c\r\ndebug: true\r\n']);
});

test.each(['debug: [\n', 'debug: maybe\n', '- a\n', 'a: 1\na: 2\n'])('a broken file is not edited: %j', (text) => {
  expect(() => applyEdits(text, [{ path: ['debug'], value: true }])).toThrow(
    expect.objectContaining({ code: 'config_broken', message: expect.stringMatching(/^line \d+, column \d+: /) }),
  );
});

test('a null list stays when an empty one is set', () => {
  const text = 'claude-api-key: # none\napi-keys: ~\n';
  expect(
    applyEdits(text, [
      { path: ['claude-api-key'], value: [] },
      { path: ['api-keys'], value: [] },
    ]),
  ).toBe(text);
});
