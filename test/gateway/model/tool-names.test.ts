import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ToolNames, toolId } from '../../../src-main/gateway/model/tool-names.ts';

test('any name becomes legal everywhere and comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }), { maxLength: 8 }),
      (names) => {
        const tools = new ToolNames();
        const sent = names.map((name) => tools.outgoing(name));
        for (const name of sent) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
        expect(sent.map((name) => tools.incoming(name))).toEqual(names);
      },
    ),
  );
});

test('any id becomes legal, always the same one, and different ones stay different', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 100 }), { maxLength: 8 }), (ids) => {
      const legal = ids.map(toolId);
      for (const id of legal) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(ids.map(toolId)).toEqual(legal);
      expect(new Set(legal).size).toBe(ids.length);
    }),
  );
});

test('legal names and ids are left alone', () => {
  expect(new ToolNames().outgoing('mcp__files__read')).toBe('mcp__files__read');
  expect(toolId('toolu_01-x')).toBe('toolu_01-x');
});
