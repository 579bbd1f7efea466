import fc from 'fast-check';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../src-main/config/yaml/apply-edits.ts';
import { readConfig } from '../../../src-main/config/yaml/read-config.ts';
import {
  type GeneratedConfig,
  generatedChange,
  generatedConfig,
  generatedShuffle,
  textOf,
} from './generated-config.ts';

const numRuns = Number(process.env.YAML_RUNS ?? 2500);
const schema = CORE_SCHEMA.withTags(mergeTag);

/** The document as the library reads it: a second opinion beside our own reader. */
function loaded(text: string): Record<string, unknown> {
  return load(text, { schema, maxTotalMergeKeys: -1 }) as Record<string, unknown>;
}

function without(fields: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

/** Every character of the text that is outside the key's own section is still there, in order. */
function expectRestKept(config: GeneratedConfig, key: string, result: string): void {
  const at = config.sections.findIndex((part) => part.key === key);
  const text = textOf(config);
  const trimmed = (part: string): string => (config.lastBreak ? part : part.replace(/\r?\n$/, ''));
  if (at < 0) {
    let head = 0;
    while (head < text.length && text[head] === result[head]) head += 1;
    expect(result.endsWith(text.slice(head)), result).toBe(true);
    return;
  }
  expect(result.startsWith(trimmed(textOf(config, 0, at))), result).toBe(true);
  // Blank lines below a scalar that keeps them would become part of it.
  const suffix = textOf(config, at + 1);
  expect(result.endsWith(text.includes('|+') ? suffix.trimStart() : suffix), result).toBe(true);
}

function check(config: GeneratedConfig, key: string, value: unknown): void {
  const text = textOf(config);
  const before = loaded(text);
  const result = applyEdits(text, [{ path: [key], value }]);
  const after = loaded(result);
  expect(without(after, key), result).toEqual(without(before, key));
  expectRestKept(config, key, result);
  const read = readConfig(result) as Record<string, unknown>;
  if (value === undefined) expect(after[key] ?? undefined, result).toBe(undefined);
  else expect(read[key], result).toEqual(value);
  expect(applyEdits(result, [{ path: [key], value }])).toBe(result);
}

test('a new value of any key is read back, and no byte outside the key changes', () => {
  fc.assert(
    fc.property(generatedConfig, generatedChange, (config, { key, value }) => check(config, key, value)),
    { numRuns },
  );
}, 600_000);

test('a list whose items are moved, removed, renamed and added keeps the rest of the file', () => {
  fc.assert(
    fc.property(generatedConfig, generatedShuffle, (config, { key, order, inOrder, texts }) => {
      const old = (readConfig(textOf(config)) as Record<string, unknown>)[key] as unknown[];
      const picks = inOrder ? [...new Set(order)].sort((a, b) => a - b) : [...new Set(order)];
      const value = picks.flatMap((pick, at) => {
        if (pick < old.length) return [old[pick]];
        const text = texts[at % texts.length]!;
        return at < 5 ? [key.startsWith('cl') || key.startsWith('co') ? { 'api-key': text } : text] : [];
      });
      check(config, key, value);
    }),
    { numRuns },
  );
}, 600_000);

test('one field of one entry changes only the lines of its entry', () => {
  fc.assert(
    fc.property(
      generatedConfig,
      fc.constantFrom('claude-api-key', 'codex-api-key'),
      fc.nat(3),
      fc.string({ maxLength: 8 }),
      (config, key, index, url) => {
        const text = textOf(config);
        const old = (readConfig(text) as Record<string, unknown>)[key] as Record<string, unknown>[];
        if (index >= old.length) return;
        const result = applyEdits(text, [{ path: [key, index, 'base-url'], value: url }]);
        const next = (readConfig(result) as Record<string, unknown>)[key];
        expect(next).toEqual(old.map((entry, at) => (at === index ? { ...entry, 'base-url': url } : entry)));
        const [before, after] = [text.split('\n'), result.split('\n')];
        expect(after.length).toBe(before.length);
        expect(after.filter((line, at) => line !== before[at]).length).toBeLessThanOrEqual(1);
        expectRestKept(config, key, result);
      },
    ),
    { numRuns },
  );
}, 600_000);

test('setting what is there changes no byte', () => {
  fc.assert(
    fc.property(generatedConfig, (config) => {
      const text = textOf(config);
      const read = readConfig(text) as Record<string, unknown>;
      const present = Object.keys(loaded(text)).filter((key) => loaded(text)[key] !== null);
      expect(
        applyEdits(
          text,
          present
            .map((key) => ({ path: [key], value: key === 'quota-exceeded' ? undefined : read[key] }))
            .filter((edit) => edit.value !== undefined),
        ),
      ).toBe(text);
    }),
    { numRuns },
  );
}, 600_000);
