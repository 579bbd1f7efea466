// Schemas go out in the dialect of the service they are for.
import { expect, test } from 'vitest';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import { toClaudeOutputSchema } from '../../../src-main/gateway/model/schemas/claude.ts';
import { fromGoogleSchema, toGoogleSchema } from '../../../src-main/gateway/model/schemas/google.ts';
import { toOpenAiSchema, toOpenAiToolSchema } from '../../../src-main/gateway/model/schemas/openai.ts';
import { toArgumentsSchema } from '../../../src-main/gateway/model/schemas/tool-arguments.ts';

const text = { type: 'string' };

test('OpenAI: every object has properties; a property called type is no type', () => {
  const inner = { type: 'object', additionalProperties: text };
  expect(toOpenAiSchema({ type: 'object' })).toEqual({ type: 'object', properties: {} });
  expect(toOpenAiSchema({ type: 'object', properties: { a: inner, type: text } })).toEqual({
    type: 'object',
    properties: { a: { ...inner, properties: {} }, type: text },
  });
  expect(toOpenAiSchema({ type: ['object', 'null'] })).toHaveProperty('properties', {});
});

test('OpenAI: every array has items; the top of the arguments is an object without choices', () => {
  const dropped = new DroppedFields();
  const tool = (schema: object) => toOpenAiToolSchema({ ...schema }, 'tools.f', dropped);
  expect(toOpenAiSchema({ type: 'array' })).toEqual({ type: 'array', items: {} });
  expect(toOpenAiSchema({ type: 'array', prefixItems: [text] })).toEqual({ type: 'array', prefixItems: [text] });
  expect(tool({ properties: { a: { type: ['array', 'null'] } } })).toEqual({
    type: 'object',
    properties: { a: { type: ['array', 'null'], items: {} } },
  });
  expect(tool({ oneOf: [{ properties: { a: text }, required: ['a'] }, { properties: { b: text } }], not: {} })).toEqual(
    {
      type: 'object',
      properties: { a: text, b: text },
    },
  );
  expect(dropped.all).toHaveLength(1);
});

test('Claude: choices at the top of the arguments become one list of properties', () => {
  const dropped = new DroppedFields();
  const tool = (schema: object) => toArgumentsSchema({ ...schema }, 'tools.f', dropped);
  expect(tool({})).toEqual({ type: 'object', properties: {} });
  expect(
    tool({ type: 'object', properties: { a: text }, anyOf: [{ required: ['a'] }, { properties: { b: text } }] }),
  ).toEqual({ type: 'object', properties: { a: text, b: text } });
  expect(
    tool({ allOf: [{ $ref: '#/$defs/A' }, { required: ['b'] }], $defs: { A: { properties: { a: text } } } }),
  ).toEqual({
    type: 'object',
    properties: { a: text },
    required: ['b'],
    $defs: { A: { properties: { a: text } } },
  });
  expect(tool({ $ref: '#/$defs/A', $defs: { A: { type: 'object', properties: { a: text } } } })).toMatchObject({
    type: 'object',
    properties: { a: text },
  });
  expect(tool({ properties: { a: { anyOf: [text] } } })).toMatchObject({ properties: { a: { anyOf: [text] } } });
  expect(dropped.all).toHaveLength(2);
});

test('Claude: structured output has closed objects, and bounds in words', () => {
  const dropped = new DroppedFields();
  const list = { type: 'array', items: { type: 'integer', minimum: 1, maximum: 5 }, minItems: 2, maxItems: 3 };
  const schema = { type: 'object', properties: { list, minimum: text, one: { oneOf: [text] } } };
  expect(toClaudeOutputSchema(schema, 'response_format', dropped)).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      list: {
        type: 'array',
        items: { type: 'integer', description: '{minimum: 1, maximum: 5}' },
        description: '{minItems: 2, maxItems: 3}',
      },
      minimum: text,
      one: { anyOf: [text] },
    },
  });
  expect(dropped.all).toHaveLength(1);
});

test('Google: members beside a reference and allOf are put into one schema', () => {
  const dropped = new DroppedFields();
  const $defs = { P: { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] } };
  const google = (properties: object) => toGoogleSchema({ properties, $defs }, 'tools.f', dropped).properties;
  expect(google({ p: { $ref: '#/$defs/P', description: 'the point' } })).toEqual({
    p: { ...$defs.P, description: 'the point' },
  });
  expect(google({ p: { $ref: '#/$defs/P' } })).toEqual({ p: { $ref: '#/$defs/P' } });
  expect(google({ p: { allOf: [{ $ref: '#/$defs/P' }], description: 'd' } })).toEqual({
    p: { ...$defs.P, description: 'd' },
  });
  expect(google({ p: { allOf: [{ properties: { a: text } }, { properties: { b: text }, required: ['b'] }] } })).toEqual(
    {
      p: { properties: { a: text, b: text }, required: ['b'] },
    },
  );
  expect(dropped.all).toEqual([]);
});

test('Google: a schema that refers to itself, or to very much, ends', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/$defs/Node', description: 'd' } } };
  const dropped = new DroppedFields();
  const written = toGoogleSchema({ ...node, $defs: { Node: node } }, 'tools.f', dropped);
  expect(JSON.stringify(written)).toContain('{"$ref":"#/$defs/Node"}');
  const wide = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => {
      const next = { $ref: `#/$defs/d${at + 1}`, description: 'd' };
      return [`d${at}`, { type: 'object', properties: { a: next, b: next } }];
    }),
  );
  const bounded = toGoogleSchema({ $ref: '#/$defs/d0', description: 'd', $defs: wide }, 'tools.f', dropped);
  expect(JSON.stringify(bounded).length).toBeLessThan(200_000);
});

test('Google: counts that it writes as texts are numbers elsewhere', () => {
  expect(
    fromGoogleSchema({ type: 'OBJECT', properties: { minItems: { type: 'ARRAY', minItems: '1', maxItems: '3' } } }),
  ).toEqual({ type: 'object', properties: { minItems: { type: 'array', minItems: 1, maxItems: 3 } } });
});
