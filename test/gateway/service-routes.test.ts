// Routes beside the formats' own: whose key is asked.
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  eventually,
  gatewayWorld,
  listen,
  type Script,
  sendJson,
  startUpstream,
  type WorldOptions,
} from './support/gateway-world.ts';

const vectors: Script = (_, response) =>
  sendJson(response, 200, { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [1] }] });

type Entry = Readonly<Record<string, unknown>>;

async function world(entries: readonly Entry[], more: Entry = {}, script = vectors, options: WorldOptions = {}) {
  const upstream = await startUpstream(script);
  const list = entries.map((entry) => ({ 'base-url': `${upstream.url}/v1`, ...entry }));
  const gateway = await gatewayWorld({ 'codex-api-key': list, ...more }, options);
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

describe('what a key has made', () => {
  const [first, other] = ['key-of-first', 'key-of-other'];
  const entries = [first, other].map((key) => ({ 'api-key': key }));
  const batch = { id: 'batch_1', output_file_id: 'file-out', error_file_id: null, usage: null };
  const makes: Script = ({ path }, response) =>
    sendJson(response, 200, path.startsWith('/v1/batches') ? batch : { id: 'file-in', object: 'file' });
  const memory = () => {
    const kept = new Map<string, string>();
    const save = async (ids: readonly string[], credential: string) => {
      for (const id of ids) kept.set(id, credential);
    };
    return { kept, find: async (id: string) => kept.get(id), save };
  };
  const calling = async (ownerStore: ReturnType<typeof memory>, list = entries) => {
    const found = await world(list, {}, makes, { ownerStore });
    const call = async (method: string, path: string, source?: string, body?: string) => {
      const headers = { authorization: 'Bearer ck', ...(source && { 'x-gateway-source': source }) };
      return (await fetch(found.url + path, { method, headers, ...(body && { body }) })).status;
    };
    return { call, ...found };
  };

  test('is asked of that key after a restart, and so are the results of a batch', async () => {
    const store = memory();
    const before = await calling(store);
    expect(await before.call('POST', '/v1/files', 'key-...ther', '{}')).toBe(200);
    expect(await before.call('POST', '/v1/batches', undefined, '{"input_file_id":"file-in"}')).toBe(200);
    expect(before.upstream.keys()).toEqual([other, other]);
    const again = entries.map((entry) => ({ 'base-url': `${before.upstream.url}/v1`, ...entry }));
    const after = await calling(store, again);
    before.upstream.calls.length = 0;
    for (const path of ['files/file-in', 'batches/batch_1', 'files/file-out/content', 'files/unknown'])
      await after.call('GET', `/v1/${path}`);
    expect(before.upstream.keys()).toEqual([other, other, other, first]);
  });

  test('is stored without the key, before the client has the response', async () => {
    const store = memory();
    const { call } = await calling({
      ...store,
      save: async (...args) => {
        await new Promise((resolve) => setImmediate(resolve));
        await store.save(...args);
      },
    });
    await call('POST', '/v1/files', 'key-...ther', '{}');
    expect([...store.kept.keys()]).toEqual(['file-in']);
    expect([...store.kept.values()].join()).not.toContain(other);
  });

  test('is asked of the first key when that key is gone, or where nothing can be read', async () => {
    const store = memory();
    await (await calling(store)).call('POST', '/v1/files', 'key-...ther', '{}');
    const without = await calling(store, [{ 'api-key': first }]);
    const broken = await calling({ ...store, find: () => Promise.reject(new Error('the disk is gone')) });
    expect([await without.call('GET', '/v1/files/file-in'), await broken.call('GET', '/v1/files/file-in')]).toEqual([
      200, 200,
    ]);
    expect([...without.upstream.keys(), ...broken.upstream.keys()]).toEqual([first, first]);
    expect(broken.lines.join()).toContain('the disk is gone');
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

describe('an error before the end of a large upload', () => {
  const megabytes = 30;
  const head = '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n';
  const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';

  /** Over a connection of its own, which is closed with the response. */
  const upload = (url: string, path: string) =>
    new Promise<readonly [number | undefined, unknown]>((resolve, reject) => {
      const headers = { authorization: 'Bearer ck', 'content-type': 'multipart/form-data; boundary=b' };
      const request = http.request(url + path, { method: 'POST', agent: false, headers }, async (response) =>
        resolve([response.statusCode, await json(response)]),
      );
      request.on('error', reject);
      request.write(head + file);
      const piece = Buffer.alloc(64 * 1024);
      let left = (megabytes * 1024 * 1024) / piece.length;
      const more = () => {
        while (left-- > 0) if (!request.write(piece)) return request.once('drain', more);
        return request.end('\r\n--b--\r\n');
      };
      more();
    });

  test.each([
    [501, '/v1/vector_stores', 'ck'],
    [401, '/v1/audio/transcriptions', 'wrong'],
    [404, '/v1/audio/nothing', 'ck'],
    [413, '/v1/embeddings', 'ck', 65],
  ])(
    'of our own, %i, comes at once, and the connection closes after the upload',
    async (status, path, key, size = 30) => {
      const { port } = await world([{ 'api-key': 'a' }]);
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      const length = size * 1024 * 1024;
      const lines = [`POST ${path} HTTP/1.1`, 'host: x', 'connection: close', `authorization: Bearer ${key}`];
      socket.write([...lines, 'content-type: application/json', `content-length: ${length}`, '', '{'].join('\r\n'));
      const [first] = await once(socket, 'data');
      expect(String(first)).toContain(`HTTP/1.1 ${status} `);
      const isClosed = once(socket, 'close');
      const piece = Buffer.alloc(5 * 1024 * 1024);
      for (let sent = 1; sent < length; sent += piece.length) {
        const next = piece.subarray(0, length - sent);
        await new Promise<void>((resolve, reject) =>
          socket.write(next, (error) => (error ? reject(error) : resolve())),
        );
      }
      socket.resume();
      await isClosed;
    },
  );

  test('of the upstream, which closes its connection, reaches the client', async () => {
    const error = { error: { message: 'That file is too large.', type: 'invalid_request_error' } };
    const refusing = await listen((_, response) => sendJson(response, 413, error, { connection: 'close' }));
    const { url } = await world([{ 'api-key': 'a', 'base-url': `${refusing.url}/v1` }]);
    for (let count = 0; count < 3; count++) expect(await upload(url, '/v1/audio/transcriptions')).toEqual([413, error]);
  });
});

describe('sound that is counted in seconds', () => {
  const transcribe = async (more: Entry = {}, usage: unknown = { type: 'duration', seconds: 90 }) => {
    const upstream = await listen((request, response) => {
      request.resume();
      sendJson(response, 200, { text: 'hi', usage });
    });
    const { url, records } = await world([{ 'api-key': 'a', 'base-url': `${upstream.url}/v1` }], more);
    const body = new FormData();
    body.set('file', new Blob(['sound']), 'a.wav');
    body.set('model', 'whisper-1');
    await fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', headers: { authorization: 'Bearer ck' }, body });
    await eventually(() => records.length > 0);
    return records[0];
  };

  test('stands in the record, and costs nothing that is known', async () => {
    expect(await transcribe()).toMatchObject({
      ...{ form: 'audio', seconds: 90, tokens: { input: 0, output: 0 } },
      cost: { usd: null, basis: 'unknown' },
    });
  });

  test('costs what the config says of a minute', async () => {
    const prices = { prices: [{ model: 'whisper-*', input: 5, minute: 0.006 }] };
    const cost = (await transcribe(prices))?.cost;
    expect(cost).toEqual({ usd: expect.closeTo(0.009, 9), basis: 'prices', billed: true });
  });

  test.each([
    [{ type: 'duration' }],
    [{ type: 'duration', seconds: -1 }],
    [{ type: 'duration', seconds: '9' }],
    [null],
  ])('is not guessed from %j', async (usage) => {
    expect((await transcribe({}, usage))?.seconds).toBeNull();
  });
});

test('what goes on from a response is asked of the key that made that', async () => {
  let made = 0;
  const responds: Script = ({ path }, response) =>
    sendJson(response, 200, {
      ...{ id: `resp_${made++}`, object: 'response', status: 'completed', output: [] },
      ...(path.endsWith('/input_tokens') && { input_tokens: 1 }),
    });
  const found = await world([{ 'api-key': 'a' }, { 'api-key': 'b' }], {}, responds);
  const first = await (await found.ask('/v1/responses', { model: 'gpt-5.1', input: 'U' })).json();
  const body = { model: 'gpt-5.1', input: [], previous_response_id: (first as { id: string }).id };
  for (const route of ['compact', 'input_tokens', 'compact', 'input_tokens'])
    await found.ask(`/v1/responses/${route}`, body);
  const asked = found.upstream.calls.filter(({ path }) => path.startsWith('/v1/responses'));
  expect(asked).toHaveLength(5);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});
