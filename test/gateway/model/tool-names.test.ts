import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ToolNames, toolId } from '../../../src-main/gateway/model/tool-names.ts';

test('any name becomes legal everywhere and comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }), { maxLength: 8 }),
      (names) => {
        const tools = new ToolNames();
        const sent = names.map((name) => tools.outgoing({ name }));
        for (const name of sent) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
        expect(sent.map((name) => tools.incoming(name)?.name)).toEqual(names);
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
  expect(new ToolNames().outgoing({ name: 'mcp__files__read' })).toBe('mcp__files__read');
  expect(toolId('toolu_01-x')).toBe('toolu_01-x');
});

const anyTool = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c__b', 'x'.repeat(70)),
    namespace: fc.constantFrom('a', 'a__', 'a__b', 'a__c', 'n'.repeat(60)),
  },
  { requiredKeys: ['name'] },
);

test('tools of namespaces get names of at most 64 characters, each its own, and come back as the pair', () => {
  fc.assert(
    fc.property(fc.array(anyTool, { maxLength: 12 }), (given) => {
      const tools = new ToolNames();
      const sent = given.map((tool) => tools.outgoing(tool));
      for (const name of sent) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
      expect(sent.map((name) => tools.incoming(name))).toEqual(given);
      expect(given.map((tool) => tools.outgoing(tool))).toEqual(sent);
    }),
  );
});
