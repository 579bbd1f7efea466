import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldText, hasListBeyond, parseObject } from '../../src-main/lib/json-text.ts';
import { cpuMs } from '../support/cpu-time.ts';

test.each([
  ['{"type":"claude"}', 'claude'],
  [' { "a" : {"type":"no"}, "type" : "q\\u00e9\\"n" }', 'qé"n'],
  ['{"type":1.50}', '1.50'],
  ['{"type":true}', 'true'],
  ['{"type":null}', ''],
  ['{"type":{ "a": [1, "}"] },"b":1}', '{ "a": [1, "}"] }'],
  ['{"type":[]}', '[]'],
  ['{"ty\\u0070e":"x"}', 'x'],
  ['{"type":"first","type":"second"}', 'first'],
  ['\ufeff{"type":"x"}', 'x'],
  ['{"type":"x","token":"abc', 'x'],
  ['{"type":"x"', 'x'],
  ['{"type":"x', ''],
  ['{"type":', ''],
  ['{"type"', ''],
  ['{"a":1}', ''],
  ['["type","x"]', ''],
  ['"type"', ''],
  ['', ''],
])('the type in %j is %j', (text, type) => {
  expect(fieldText(text, 'type')).toBe(type);
});

const withoutProto = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue(),
  { maxKeys: 8 },
);

test('every field of a JSON object is found, in any spacing', () => {
  fc.assert(
    fc.property(withoutProto, fc.constantFrom(undefined, 2, '\t'), (fields, indent) => {
      const text = JSON.stringify(fields, null, indent);
      for (const [name, value] of Object.entries(fields)) {
        const found = fieldText(text, name);
        if (typeof value === 'string') expect(found).toBe(value);
        else if (value === null) expect(found).toBe('');
        else expect(JSON.parse(found)).toEqual(JSON.parse(JSON.stringify(value)));
      }
    }),
  );
});

test('text that breaks off gives whole values of the whole text or nothing', () => {
  fc.assert(
    fc.property(withoutProto, fc.nat(), (fields, cut) => {
      const text = JSON.stringify({ ...fields, type: 'claude' });
      expect(['claude', '']).toContain(fieldText(text.slice(0, cut % (text.length + 1)), 'type'));
    }),
  );
});

test('what is wrong with a text is said without quoting it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('{', '}', '"', ':', ',', '[', 'x', '1', '\n', ' ') }), (noise) => {
      const parsed = parseObject(`{"token":"secret-value"${noise}`);
      if ('error' in parsed) expect(parsed.error).not.toContain('secret');
    }),
  );
});

test('hostile text takes no time', async () => {
  const texts = [
    `{"a":${'['.repeat(1_000_000)}`,
    `{${' '.repeat(1_000_000)}`,
    `{"${'\\'.repeat(1_000_001)}`,
    `{"a":${'x'.repeat(1_000_000)}`,
  ];
  const took = await cpuMs(() => expect(texts.map((text) => fieldText(text, 'type'))).toEqual(['', '', '', '']));
  expect(took).toBeLessThan(2_000);
});

const longest = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 0
    : Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longest));

test('the longest list in a text is found, whatever is in it and around it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), fc.integer({ min: 1, max: 6 }), (value, indent, max) => {
      expect(hasListBeyond(JSON.stringify(value, null, indent), max)).toBe(longest(value) > max);
    }),
  );
});

test('a text of a million items is not read beyond those that are allowed', async () => {
  const text = `[${'"k",'.repeat(1_000_000)}"k"]`;
  expect(await cpuMs(() => void expect(hasListBeyond(text, 10_000)).toBe(true))).toBeLessThan(50);
});
