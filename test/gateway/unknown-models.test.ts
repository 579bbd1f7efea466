// Clients that ask for a model that is not here again and again.
import { expect, test } from 'vitest';
import { gatewayWorld, provider, responses, startUpstream, whileTimePasses } from './support/gateway-world.ts';

test('a client that asks for an unknown model in a loop is slowed down, and nobody else is', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a'], { 'api-keys': ['ck', 'other'] }));
  let answered = 0;
  const ask = async (key: string) => {
    const response = await world.ask(
      '/v1/chat/completions',
      { model: 'none', messages: [] },
      { authorization: `Bearer ${key}` },
    );
    if (key === 'ck') answered += 1;
    return response.status;
  };
  for (let index = 0; index < 20; index++) expect(await ask('ck')).toBe(404);
  const late = ask('ck');
  expect(await ask('other')).toBe(404);
  expect((await world.chat()).status).toBe(200);
  expect(answered).toBe(20);
  expect(await whileTimePasses(world.clock, 100, late)).toBe(404);
  expect(await ask('ck')).toBe(404);
});
