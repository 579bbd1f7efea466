// Routes beside the formats' own: whose key is asked.
import { describe, expect, test } from 'vitest';
import { gatewayWorld, type Script, sendJson, startUpstream } from './support/gateway-world.ts';

const vectors: Script = (_, response) =>
  sendJson(response, 200, { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [1] }] });

type Entry = Readonly<Record<string, unknown>>;

async function world(entries: readonly Entry[], more: Entry = {}, script = vectors) {
  const upstream = await startUpstream(script);
  const list = entries.map((entry) => ({ 'base-url': `${upstream.url}/v1`, ...entry }));
  const gateway = await gatewayWorld({ 'codex-api-key': list, ...more });
  const embed = async (model: string) =>
    (await gateway.ask('/v1/embeddings', { model, input: 'U', encoding_format: 'float' })).status;
  return { ...gateway, upstream, embed };
}

describe('a model that only its name tells', () => {
  const name = 'text-embedding-3-small';

  test('is asked of the keys of its vendor', async () => {
    const { embed, upstream } = await world([{ 'api-key': 'a' }]);
    expect([await embed(name), upstream.calls[0]?.body.model]).toEqual([200, name]);
  });

  test('is not asked of a key that excludes it', async () => {
    const { embed, upstream } = await world([
      { 'api-key': 'a', 'excluded-models': ['*-3-SMALL'] },
      { 'api-key': 'b', 'excluded-models': ['gpt-*'] },
    ]);
    for (let count = 0; count < 3; count++) expect(await embed(name)).toBe(200);
    expect(upstream.keys()).toEqual(['b', 'b', 'b']);
  });

  test('is nobody’s when all exclude it', async () => {
    const { embed, upstream } = await world([{ 'api-key': 'a', 'excluded-models': ['text-embedding-*'] }]);
    expect(await embed(name)).toBe(404);
    expect(upstream.calls.filter(({ path }) => path.includes('embeddings'))).toEqual([]);
  });

  test('goes by the prefix of a key, and comes without it', async () => {
    const entries = [{ 'api-key': 'a', prefix: 'team' }, { 'api-key': 'b' }];
    const { embed, upstream } = await world(entries, { 'force-model-prefix': true });
    expect([await embed(`team/${name}`), await embed(name)]).toEqual([200, 200]);
    expect(upstream.keys()).toEqual(['a', 'b']);
    expect(upstream.calls[0]?.body.model).toBe(name);
  });
});

describe('lists of files', () => {
  const list: Script = (_, response) => sendJson(response, 200, { object: 'list', data: [] });
  const keys = ['key-of-first', 'key-of-other'];
  const entries = keys.map((key) => ({ 'api-key': key }));
  const files = async (source?: string) => {
    const found = await world(entries, {}, list);
    const headers = { authorization: 'Bearer ck', ...(source !== undefined && { 'x-gateway-source': source }) };
    const answer = await fetch(`${found.url}/v1/files`, { headers });
    return [answer.status, answer.headers.get('x-gateway-source'), found.upstream.keys()];
  };

  test('are those of the first key', async () => {
    expect(await files()).toEqual([200, 'codex-api-key', ['key-of-first']]);
  });

  test.each([
    ['the name that responses give the source', 'Codex-Api-Key', 'key-of-first'],
    ['the provider', 'codex', 'key-of-first'],
    ['the masked key', 'key-...ther', 'key-of-other'],
    ['list and masked key, as the history has them', 'codex-api-key:key-...ther', 'key-of-other'],
  ])('are those of the key that is named by %s', async (_, source, key) => {
    expect(await files(source)).toEqual([200, 'codex-api-key', [key]]);
  });

  test('of nobody that is known are not served', async () => {
    expect(await files('key-of-other')).toEqual([501, null, []]);
  });
});
