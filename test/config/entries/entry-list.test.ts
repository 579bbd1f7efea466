import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compatibilityRules } from '../../../src-main/config/entries/compatible-provider-rules.ts';
import {
  patchEntries,
  patchStrings,
  removeEntries,
  removeString,
} from '../../../src-main/config/entries/entry-list.ts';
import { keyListRules } from '../../../src-main/config/entries/key-entry-rules.ts';
import type { KeyEntry } from '../../../src-shared/config.ts';

const gemini = keyListRules['gemini-api-key'];
const claude = keyListRules['claude-api-key'];
const codex = keyListRules['codex-api-key'];

describe('a PATCH value', () => {
  const list: readonly KeyEntry[] = [
    { 'api-key': 'g1', 'base-url': 'https://one', priority: 3 },
    { 'api-key': 'g2', note: 'kept' },
  ];

  test('with the identity field replaces the entry: what is left out is gone', () => {
    expect(patchEntries(gemini, list, { index: 0, value: { 'api-key': 'g1' } })).toEqual([
      { 'api-key': 'g1' },
      list[1],
    ]);
  });

  test('without the identity field is merged into the entry', () => {
    const [first] = patchEntries(gemini, list, { match: 'g1', value: { disabled: true } });
    expect(first).toEqual({ ...list[0], disabled: true });
  });

  test.each(Object.entries(keyListRules))(
    'merged into an entry of %s adds no member that was not asked for',
    (_, rules) => {
      const entry = { 'api-key': 'k', 'base-url': 'https://one' };
      expect(patchEntries(rules, [entry], { index: 0, value: { priority: 20 } })).toEqual([{ ...entry, priority: 20 }]);
    },
  );

  test('that is empty deletes the entry', () => {
    for (const rules of [gemini, claude, codex])
      expect(patchEntries(rules, list, { index: 0, value: {} })).toEqual([list[1]]);
  });

  test('leaves the other entries the very objects they were', () => {
    expect(patchEntries(gemini, list, { index: 0, value: { 'api-key': 'new' } })[1]).toBe(list[1]);
  });

  test('for a provider without a name keeps the name', () => {
    const providers = [{ name: 'one', 'base-url': 'https://o', models: [] }];
    expect(patchEntries(compatibilityRules, providers, { index: 0, value: { 'base-url': 'https://new' } })).toEqual([
      { name: 'one', 'base-url': 'https://new' },
    ]);
  });
});

test('DELETE with a base address removes only the entry of both', () => {
  const list = [{ 'api-key': 'a', 'base-url': 'https://one' }, { 'api-key': 'a' }];
  expect(removeEntries(claude, 'match', list, { 'api-key': 'a', 'base-url': '' })).toEqual([list[0]]);
  expect(removeEntries(claude, 'match', list, { 'api-key': 'a', 'base-url': 'https://one' })).toEqual([list[1]]);
  expect(removeEntries(claude, 'match', list, { 'api-key': 'a' })).toEqual([]);
});

const strings = fc.array(fc.string(), { maxLength: 6 });

test('a string PATCH changes one place or appends one', () => {
  fc.assert(
    fc.property(strings, fc.string(), fc.string(), (list, old, next) => {
      const after = patchStrings(list, { old, new: next });
      expect(after.length - list.length).toBe(list.includes(old) ? 0 : 1);
      expect(after.filter((item, at) => item !== list[at]).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('a string DELETE by value leaves no such text and everything else in order', () => {
  fc.assert(
    fc.property(
      strings,
      fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
      (list, value) => {
        expect(removeString(list, { value })).toEqual(list.filter((item) => item.trim() !== value.trim()));
      },
    ),
  );
});

test('cleaning a list twice is cleaning it once', () => {
  const entries = fc.array(
    fc.record(
      {
        'api-key': fc.constantFrom('a', ' a ', 'b', ''),
        'base-url': fc.constantFrom('', ' u '),
        headers: fc.dictionary(fc.string(), fc.string()),
      },
      { requiredKeys: [] },
    ),
  );
  for (const rules of Object.values(keyListRules)) {
    fc.assert(
      fc.property(entries, (list) => {
        const once = rules.write(list as readonly KeyEntry[]);
        expect(rules.write(once)).toEqual(once);
      }),
    );
  }
});
