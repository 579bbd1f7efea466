// What a translation cannot carry over is never lost in silence.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually, gatewayWorld, provider, responses, startUpstream } from './support/gateway-world.ts';

test('it is named in the request log, and to the client when it may change the response', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['key-1'], { 'request-log': true }));
  const response = await world.ask('/v1/messages', {
    model: 'm',
    max_tokens: 9,
    messages: [{ role: 'user', content: 'Hi' }],
    top_k: 40,
    mcp_servers: [],
    tools: [
      { type: 'memory_20250818', name: 'memory' },
      { name: 'f', input_schema: { type: 'object' } },
    ],
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-gateway-lossy')).toBe('tools');
  await eventually(() => readdirSync(world.logFolder).some((name) => name.endsWith('.log')));
  const [name = ''] = readdirSync(world.logFolder).filter((file) => file.endsWith('.log'));
  const log = readFileSync(path.join(world.logFolder, name), 'utf8');
  expect(log).toContain('Lost (info): top_k: ');
  expect(log).toContain('Lost (info): mcp_servers: ');
  expect(log).toContain('Lost (warn): tools: the upstream has no tool like memory_20250818');
});

test('a request that would mean something else is rejected in the format of the client, and nobody is asked', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['key-1']));
  const response = await world.ask('/v1/responses', { model: 'm', input: 'Hi', conversation: 'conv_1' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { type: 'invalid_request_error', message: expect.stringContaining('conversation') },
  });
  expect(upstream.calls).toEqual([]);
});
