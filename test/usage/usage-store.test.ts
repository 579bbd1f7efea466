import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src-main/lib/time/clock.ts';
import { parseRfc3339, rfc3339 } from '../../src-main/lib/time/local-time.ts';
import { maxDays, maxDetails } from '../../src-main/usage/counters.ts';
import { type UsageRecord, UsageStore } from '../../src-main/usage/usage-store.ts';
import { usageContract } from '../../src-shared/contract/usage.ts';

const noTokens = { input_tokens: 0, output_tokens: 0, reasoning_tokens: 0, cached_tokens: 0, total_tokens: 0 };
const noon = new Date(2026, 0, 31, 12, 30, 5, 120).getTime();

function request(change: Partial<UsageRecord> = {}): UsageRecord {
  const tokens = { ...noTokens, input_tokens: 3, output_tokens: 4 };
  return { api: 'key-1', model: 'm', source: 'someone@example.com', tokens, failed: false, timestamp: noon, ...change };
}

function storeOf(...records: readonly UsageRecord[]): UsageStore {
  const store = new UsageStore({ clock: systemClock });
  for (const record of records) store.record(record);
  return store;
}

test('a fresh store has zeros and empty maps', () => {
  expect(storeOf().statistics()).toEqual({
    total_requests: 0,
    success_count: 0,
    failure_count: 0,
    total_tokens: 0,
    apis: {},
    requests_by_day: {},
    requests_by_hour: {},
    tokens_by_day: {},
    tokens_by_hour: {},
  });
});

test('requests are counted by API, model, local day and local hour', () => {
  const store = storeOf(
    request(),
    request({ failed: true, tokens: noTokens }),
    request({ api: 'POST /v1/messages', model: 'n', timestamp: noon + 24 * 3_600_000 }),
  );
  expect(store.statistics()).toEqual({
    total_requests: 3,
    success_count: 2,
    failure_count: 1,
    total_tokens: 14,
    requests_by_day: { '2026-01-31': 2, '2026-02-01': 1 },
    tokens_by_day: { '2026-01-31': 7, '2026-02-01': 7 },
    requests_by_hour: { '12': 3 },
    tokens_by_hour: { '12': 14 },
    apis: {
      'POST /v1/messages': {
        total_requests: 1,
        success_count: 1,
        failure_count: 0,
        total_tokens: 7,
        models: { n: { total_requests: 1, total_tokens: 7, details: [expect.objectContaining({ failed: false })] } },
      },
      'key-1': {
        total_requests: 2,
        success_count: 1,
        failure_count: 1,
        total_tokens: 7,
        models: {
          m: {
            total_requests: 2,
            total_tokens: 7,
            details: [
              {
                timestamp: rfc3339(noon),
                source: 'some....com',
                tokens: { ...noTokens, input_tokens: 3, output_tokens: 4, total_tokens: 7 },
                failed: false,
              },
              { timestamp: rfc3339(noon), source: 'some....com', tokens: noTokens, failed: true },
            ],
          },
        },
      },
    },
  });
  expect(Object.keys(store.statistics().apis)).toEqual(['POST /v1/messages', 'key-1']);
});

test.each([
  [3, 4, 0, 0, 0, 7],
  [0, 0, 0, 5, 0, 5],
  [3, 4, 2, 9, 0, 9],
  [3, 4, 2, 9, 100, 100],
  [0, 0, 0, 0, 0, 0],
])('in %i, out %i, reasoning %i, cached %i, total %i make %i tokens in one request', (...numbers) => {
  const [input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens, total] = numbers;
  const tokens = { input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens };
  expect(storeOf(request({ tokens })).totals()).toMatchObject({ total_requests: 1, total_tokens: total });
});

test('what an upstream reports wrongly counts as no tokens', () => {
  const tokens = { ...noTokens, input_tokens: Number.NaN, output_tokens: -5, reasoning_tokens: 1.5 };
  expect(storeOf(request({ tokens })).totals()).toMatchObject({ total_requests: 1, total_tokens: 0 });
});

test('switched off, nothing is recorded and what was counted stays', () => {
  const store = storeOf(request());
  store.setEnabled(false);
  store.record(request());
  expect(store.totals().total_requests).toBe(1);
});

test('statistics already handed out do not change', () => {
  const store = storeOf(request());
  const before = store.statistics();
  const copy = structuredClone(before);
  expect(store.statistics()).toBe(before);
  store.record(request());
  expect(before).toEqual(copy);
  expect(store.statistics().total_requests).toBe(2);
});

test('only the newest details are kept, totals stay right', () => {
  const store = storeOf();
  for (let index = 0; index < maxDetails * 2 + 5; index += 1) {
    store.record(request({ model: index % 3 === 0 ? 'a' : 'b', timestamp: noon + index }));
  }
  const { apis, total_requests } = store.statistics();
  const details = Object.values(apis).flatMap(({ models }) => Object.values(models).flatMap((model) => model.details));
  expect(total_requests).toBe(maxDetails * 2 + 5);
  expect(details.length).toBe(maxDetails);
  const times = details.map((detail) => parseRfc3339(detail.timestamp) ?? 0);
  expect(Math.min(...times)).toBe(noon + maxDetails + 5);
});

test('the number of APIs, models and days is bounded', () => {
  const store = storeOf();
  for (let index = 0; index < 2_000; index += 1) {
    store.record(request({ api: `a${index}`, model: `m${index}`, timestamp: noon + index * 24 * 3_600_000 }));
    store.record(request({ model: `m${index}` }));
  }
  const { apis, requests_by_day, total_requests } = store.statistics();
  expect(total_requests).toBe(4_000);
  expect(Object.keys(apis).length).toBe(1_001);
  expect(Object.values(apis).reduce((sum, api) => sum + api.total_requests, 0)).toBe(4_000);
  expect(Object.keys(apis['key-1']?.models ?? {}).length).toBe(501);
  expect(Object.keys(requests_by_day).length).toBe(maxDays);
});

test('changes are told once for all that happened within a moment', () => {
  let due: (() => void) | undefined;
  const clock: Clock = {
    now: () => noon,
    after: (_ms, task) => {
      due = task;
      return () => {};
    },
  };
  const store = new UsageStore({ clock });
  const told: number[] = [];
  store.onChange((totals) => told.push(totals.total_requests));
  store.record(request());
  store.record(request());
  expect(told).toEqual([]);
  due?.();
  store.record(request());
  due?.();
  expect(told).toEqual([2, 3]);
});

const name = fc.oneof(fc.constantFrom('a', 'POST /v1/messages', '__proto__', ''), fc.string({ maxLength: 12 }));
const count = fc.nat({ max: 1_000_000 });
const record: fc.Arbitrary<UsageRecord> = fc.record({
  api: name,
  model: name,
  source: fc.string({ maxLength: 20 }),
  tokens: fc.record({
    input_tokens: count,
    output_tokens: count,
    reasoning_tokens: count,
    cached_tokens: count,
    total_tokens: count,
  }),
  failed: fc.boolean(),
  timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }),
});
const records = fc.array(record, { maxLength: 60 });

test('an export imported into a fresh store gives the same statistics, and nothing when imported again', () => {
  fc.assert(
    fc.property(records, (list) => {
      const original = storeOf(...list);
      const document = JSON.parse(JSON.stringify(original.export()));
      const fresh = storeOf();
      expect(fresh.import(document)).toEqual({ added: list.length, skipped: 0 });
      expect(fresh.statistics()).toEqual(original.statistics());
      expect(fresh.import(document)).toEqual({ added: 0, skipped: list.length });
      expect(fresh.statistics()).toEqual(original.statistics());
      expect(usageContract['usage.export'].output.safeParse(document).success).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('an import adds to what is there and skips what both have', () => {
  const common = request();
  const store = storeOf(common, request({ model: 'mine' }));
  const other = storeOf(common, request({ model: 'theirs' }), common);
  expect(store.import(other.export())).toEqual({ added: 2, skipped: 1 });
  expect(store.totals().total_requests).toBe(4);
});

test('an export of another server, without source and failed, is taken; its sources are masked', () => {
  const store = storeOf();
  const detail = { timestamp: '2024-05-20T09:15:04.123456Z', tokens: { input_tokens: 523, output_tokens: 308 } };
  const details = [detail, { ...detail, source: 'sk-a-very-long-key' }];
  const usage = { apis: { k: { models: { m: { details } } } } };
  expect(store.import({ version: 1, usage })).toEqual({ added: 2, skipped: 0 });
  expect(store.import({ version: 1, usage })).toEqual({ added: 0, skipped: 2 });
  const kept = store.statistics().apis.k?.models.m?.details;
  expect(kept).toEqual([
    { ...detail, source: '', failed: false, tokens: { ...noTokens, ...detail.tokens, total_tokens: 831 } },
    { ...detail, source: 'sk-a...-key', failed: false, tokens: { ...noTokens, ...detail.tokens, total_tokens: 831 } },
  ]);
});

const detailAt = (change: object) => ({
  version: 1,
  usage: {
    apis: {
      'sk-secret-client-key': {
        models: { m: { details: [{ timestamp: '2024-05-20T09:15:04Z', tokens: {}, ...change }] } },
      },
    },
  },
});
const place = 'usage.apis.sk-s...-key.models.m.details[0]';

test.each([
  ['no object', [], 'the document'],
  ['another version', { version: 2, usage: { apis: {} } }, 'version'],
  ['no usage', { version: 1 }, 'usage'],
  ['a negative total', { version: 1, usage: { total_requests: -5, apis: {} } }, 'usage.total_requests'],
  ['negative tokens', detailAt({ tokens: { input_tokens: -1 } }), `${place}.tokens.input_tokens`],
  ['tokens beyond reason', detailAt({ tokens: { input_tokens: 1e15 } }), `${place}.tokens.input_tokens`],
  ['half a token', detailAt({ tokens: { input_tokens: 0.5 } }), `${place}.tokens.input_tokens`],
  ['a wrong time', detailAt({ timestamp: 'yesterday' }), `${place}.timestamp`],
  ['a day that does not exist', detailAt({ timestamp: '2024-02-31T00:00:00Z' }), `${place}.timestamp`],
  ['a wrong flag', detailAt({ failed: 'no' }), `${place}.failed`],
])('%s is refused with its place, and nothing changes', (_what, document, where) => {
  const store = storeOf(request());
  const before = store.statistics();
  expect(() => store.import(document)).toThrow(
    expect.objectContaining({ code: 'invalid_usage', message: expect.stringContaining(`export: ${where}: `) }),
  );
  expect(store.statistics()).toBe(before);
});
