// The queue of finished requests that other programs empty.
import { expect, test } from 'vitest';
import { UsageQueue } from '../../src-main/usage/usage-queue.ts';
import type { QueuedRequest } from '../../src-shared/contract/usage.ts';
import {
  chatAnswer,
  eventually,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  sendJson,
  startUpstream,
} from '../gateway/support/gateway-world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestApp } from '../support/test-app.ts';

const numbered = (alias: string) => ({ alias }) as QueuedRequest;
const namesOf = (requests: readonly QueuedRequest[]) => requests.map(({ alias }) => alias);

test('gives out each request once, the oldest first', () => {
  const queue = new UsageQueue(new FakeClock(0));
  for (const name of ['a', 'b', 'c']) queue.add(() => numbered(name));
  expect(namesOf(queue.take(2))).toEqual(['a', 'b']);
  expect(namesOf(queue.take(5))).toEqual(['c']);
  expect(queue.take(1)).toEqual([]);
});

test('forgets a request after a minute', () => {
  const clock = new FakeClock(0);
  const queue = new UsageQueue(clock);
  queue.add(() => numbered('old'));
  clock.advance(30_000);
  queue.add(() => numbered('new'));
  clock.advance(30_000);
  expect(namesOf(queue.take(9))).toEqual(['new']);
});

test('keeps the last 10,000', () => {
  const queue = new UsageQueue(new FakeClock(0));
  for (let index = 0; index < 25_000; index++) queue.add(() => numbered(String(index)));
  const taken = namesOf(queue.take(100_000));
  expect([taken.length, taken[0], taken.at(-1)]).toEqual([10_000, '15000', '24999']);
});

test('keeps nothing while usage statistics are off', () => {
  const queue = new UsageQueue(new FakeClock(0));
  queue.add(() => numbered('a'));
  queue.setEnabled(false);
  queue.add(() => numbered('b'));
  queue.setEnabled(true);
  queue.add(() => numbered('c'));
  expect(namesOf(queue.take(9))).toEqual(['c']);
});

async function asked(document: Readonly<Record<string, unknown>>, script = responses) {
  const upstream = await startUpstream(script);
  const queue = new UsageQueue(new FakeClock(0));
  const world = await gatewayWorld(provider(upstream.url, ['key-number-one'], document), { usageQueue: queue });
  return { world, take: () => queue.take(99) };
}

test('says who asked for what, who answered, and how much it took', async () => {
  const answer = {
    ...chatAnswer(),
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, prompt_tokens_details: { cached_tokens: 2 } },
  };
  const { world, take } = await asked({}, (_, response) => sendJson(response, 200, answer));
  await world.ask(
    '/v1/chat/completions?x=1',
    { model: 'm', messages: [{ role: 'user', content: 'U' }], reasoning_effort: 'high', service_tier: 'flex' },
    { 'user-agent': 'books/1', 'x-forwarded-for': '192.0.2.1' },
  );
  await eventually(() => world.records.length === 1);
  const [record] = take();
  expect(record).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    latency_ms: expect.any(Number),
    ttft_ms: expect.any(Number),
    source: 'key-...-one',
    auth_index: world.records[0]?.auth_index,
    client_ip: '127.0.0.1',
    x_forwarded_for: '192.0.2.1',
    user_agent: 'books/1',
    tokens: {
      ...{ input_tokens: 7, output_tokens: 3, reasoning_tokens: 0, cached_tokens: 2, total_tokens: 10 },
      ...{ cache_read_tokens: 2, cache_read_tokens_present: true, cache_creation_tokens: 0 },
    },
    failed: false,
    generate: true,
    fail: { status_code: 200, body: '' },
    provider: 'compat',
    model: 'up',
    alias: 'm',
    endpoint: 'POST /v1/chat/completions',
    auth_type: 'api_key',
    api_key: 'ck',
    request_id: expect.stringMatching(/./),
    reasoning_effort: 'high',
    service_tier: 'flex',
  });
  expect(take()).toEqual([]);
});

test('a request that failed says why, once, however many were asked', async () => {
  const { world, take } = await asked({ 'request-retry': 0 }, inOrder(fails(400)));
  await world.chat();
  await world.ask('/v1/chat/completions', { model: 'nobody-has-it', messages: [] });
  await eventually(() => world.records.length === 2);
  const [rejected, unknown, ...more] = take();
  expect(rejected).toMatchObject({ failed: true, alias: 'm', fail: { status_code: 400, body: 'fault 400' } });
  expect(unknown).toMatchObject({
    ...{ failed: true, alias: 'nobody-has-it', model: 'nobody-has-it', provider: 'unknown', auth_type: 'unknown' },
    ...{ source: '', auth_index: '', fail: { status_code: 404 } },
  });
  expect(unknown?.fail.body).not.toBe('');
  expect(more).toEqual([]);
});

test('token counts that are no whole numbers count as none', async () => {
  const usage = { prompt_tokens: -5, completion_tokens: 2.5, total_tokens: 'many' };
  const { world, take } = await asked({}, (_, response) => sendJson(response, 200, { ...chatAnswer(), usage }));
  await world.chat();
  await eventually(() => world.records.length === 1);
  expect(take()[0]?.tokens).toMatchObject({ input_tokens: 0, output_tokens: 0, total_tokens: 0 });
});

test.each([
  ['/v1/responses', { model: 'm', input: 'U', reasoning: { effort: 'low' }, service_tier: 'flex' }, ['low', 'flex']],
  ['/v1/messages', { model: 'm', max_tokens: 1, messages: [], output_config: { effort: 'max' } }, ['max', '']],
  [
    '/v1beta/models/m:generateContent',
    { contents: [], generation_config: { thinkingConfig: { thinking_level: 'low' } } },
    ['low', ''],
  ],
  ['/v1/messages/count_tokens', { model: 'm', messages: [] }, ['', '']],
])('%s names its effort and tier', async (path, body, expected) => {
  const { world, take } = await asked({});
  await world.ask(path, body);
  await eventually(() => world.records.length === 1);
  const [record] = take();
  expect([record?.reasoning_effort, record?.service_tier]).toEqual(expected);
  expect(record?.generate).toBe(!path.endsWith('count_tokens'));
});

test.each(['0', '-1', 'two', '1.5', '1e3'])('count=%s is refused', async (count) => {
  const app = await startTestApp({ config: 'usage-statistics-enabled: true\n' });
  const response = await app.send('GET', `/usage-queue?count=${count}`, undefined, {});
  expect([response.status, await response.json()]).toEqual([400, { error: 'count must be a positive integer' }]);
  await app.close();
});
