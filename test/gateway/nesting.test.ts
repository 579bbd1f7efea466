// JSON that is nested without end: a clear error in the client's format, whoever sent it.
import { expect, test } from 'vitest';
import { isNestedBeyond } from '../../src-main/lib/json-text.ts';
import { chatAnswer, gatewayWorld, provider, responses, startUpstream } from './support/gateway-world.ts';

const schema = (levels: number) =>
  `${'{"type":"object","properties":{"a":'.repeat(levels)}{"type":"string"}${'}}'.repeat(levels)}`;

const requests: readonly [string, string, (parameters: string) => string][] = [
  [
    'messages',
    '/v1/messages',
    (parameters) =>
      `{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"t","input_schema":${parameters}}]}`,
  ],
  [
    'responses',
    '/v1/responses',
    (parameters) => `{"model":"m","input":"x","tools":[{"type":"function","name":"t","parameters":${parameters}}]}`,
  ],
  [
    'gemini',
    '/v1beta/models/m:generateContent',
    (parameters) =>
      `{"contents":[{"role":"user","parts":[{"text":"x"}]}],"tools":[{"functionDeclarations":[{"name":"t","parameters":${parameters}}]}]}`,
  ],
];

test.each(requests)(
  'a request of the format %s is answered with 400 when it cannot be walked',
  async (_, path, body) => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const accepted = await world.ask(path, body(schema(200)));
    expect(accepted.status).toBe(200);
    for (const levels of [300, 8_000, 100_000]) {
      const rejected = await world.ask(path, body(schema(levels)));
      expect(rejected.status).toBe(400);
      expect(((await rejected.json()) as { error: { message: string } }).error.message).toContain('500 levels');
    }
    expect(upstream.calls).toHaveLength(1);
  },
);

test('a request that is passed on is not walked, and keeps its bytes', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const tools = `[{"type":"function","function":{"name":"t","parameters":${schema(8_000)}}}]`;
  const response = await world.ask('/v1/chat/completions', `{"model":"m","messages":[],"tools":${tools}}`);
  expect(response.status).toBe(200);
  expect(upstream.calls[0]?.text).toContain(tools);
});

test.each([
  ['response', (_: string, deep: string) => `{"choices":[${deep}]}`],
  [
    'arguments',
    (name: string, deep: string) =>
      JSON.stringify(chatAnswer()).replace(
        '"content":"fine"',
        `"content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"${name}","arguments":${JSON.stringify(`{"a":${deep}}`)}}}]`,
      ),
  ],
])('an upstream’s %s without end ends no connection', async (_, make) => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(make('t', deep));
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  for (const [, path, body] of requests) {
    const response = await world.ask(path, body('{"type":"object"}'));
    expect([200, 502]).toContain(response.status);
    expect(await response.text()).not.toContain('RangeError');
  }
});

test('brackets inside strings are no nesting', () => {
  const text = (inner: string) => JSON.stringify({ a: inner });
  expect(isNestedBeyond(text('[[[["\\[[[['), 3)).toBe(false);
  expect(isNestedBeyond('{"a":"\\\\","b":[[[]]]}', 3)).toBe(true);
  expect(isNestedBeyond('["never closed [[[[[', 3)).toBe(false);
});
