// What every storage does, whatever keeps it.
import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src-main/storage/storage.ts';
import { storedRequest } from './stored-request.ts';

const hour = 3600_000;
const day = 24 * hour;
const now = Date.now();

const idsOf = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

/** `open` gives a storage; within one test all of them on the same data. */
export function storageCases(open: () => Promise<Storage>): void {
  describe('requests', () => {
    test('come back as they were written, newest start first, also after a restart', async () => {
      const first = storedRequest(now - hour, {
        session_id: 's-1',
        dropped_fields: ['logit_bias'],
        seconds: 12.5,
        tries: [
          { source: 'p-b', credential: 'u...b', model: 'up', status: null, ms: 3, error: 'no answer' },
          { source: 'p-a', credential: 'u...a', model: 'up-chat', status: 200, ms: 15, error: null },
        ],
      });
      const failed = storedRequest(now, { outcome: 'failure', status: 502, error: 'gone', tries: [], key_id: null });
      const storage = await open();
      await storage.ledger.add([failed, first]);
      await storage.close();
      const again = await open();
      expect(await again.ledger.page({ filter: {}, limit: 10 })).toEqual([failed.record, first.record]);
      expect(await again.ledger.one(first.record.id)).toEqual(first);
      expect(await again.ledger.one(storedRequest(now).record.id)).toBeUndefined();
    });

    test('are kept once, however often they are written', async () => {
      const one = storedRequest(now);
      const { ledger } = await open();
      await ledger.add([one]);
      await ledger.add([one, storedRequest(now)]);
      expect(await ledger.page({ filter: {}, limit: 10 })).toHaveLength(2);
    });

    test('are found by every filter, alone and together', async () => {
      const claude = storedRequest(now - 3 * hour, {
        model: 'mc',
        model_sent: 'claude-up-1',
        source: 'claude-api-key',
        provider: 'claude',
        key_name: 'phone',
        user_agent: 'Claude-Tool/2',
        session_id: 'Sess-7',
      });
      const plain = storedRequest(now - 2 * hour);
      const lost = storedRequest(now - hour, {
        model: 'gone',
        status: 404,
        outcome: 'failure',
        error: 'No key offers it',
      });
      const { ledger } = await open();
      await ledger.add([claude, plain, lost]);
      const found = async (filter: object) => idsOf(await ledger.page({ filter, limit: 10 }));
      const [c, p, l] = [claude, plain, lost].map(({ record }) => record.id);
      expect(await found({ model: 'M*' })).toEqual([p, c]);
      expect(await found({ model: 'claude-up-1' })).toEqual([c]);
      expect(await found({ key: 'phone' })).toEqual([c]);
      expect(await found({ key: '0123456789ab' })).toEqual([l, p, c]);
      expect(await found({ source: 'CLAUDE' })).toEqual([c]);
      expect(await found({ status: '4xx' })).toEqual([l]);
      expect(await found({ status: '404' })).toEqual([l]);
      expect(await found({ status: 'success' })).toEqual([p, c]);
      expect(await found({ status: 'running' })).toEqual([]);
      expect(await found({ from: now - 2 * hour })).toEqual([l, p]);
      expect(await found({ to: now - 2 * hour })).toEqual([c]);
      expect(await found({ q: 'claude-tool' })).toEqual([c]);
      expect(await found({ q: 'sess-' })).toEqual([c]);
      expect(await found({ q: 'OFFERS' })).toEqual([l]);
      expect(await found({ q: p?.slice(-9) })).toEqual([p]);
      expect(await found({ q: 'sess-', model: 'm' })).toEqual([]);
      expect(await found({ q: 'e', status: 'success', from: now - 2.5 * hour })).toEqual([p]);
    });

    test('a filter that fits many sets of fields gives the same pages as one that fits few', async () => {
      const all = Array.from({ length: 900 }, (_, index) =>
        storedRequest(now - index, { user_agent: `agent/${index}`, model: index % 3 === 0 ? 'a' : 'b' }),
      );
      const { ledger } = await open();
      await ledger.add(all);
      const wanted = all.filter(({ record }) => record.model === 'b').map(({ record }) => record.id);
      const seen: string[] = [];
      for (;;) {
        const before = seen.at(-1);
        const page = idsOf(await ledger.page({ filter: { model: 'b' }, limit: 50, ...(before ? { before } : {}) }));
        seen.push(...page);
        if (page.length < 50) break;
      }
      expect(seen).toEqual(wanted);
    });

    test('go by age', async () => {
      const { ledger } = await open();
      const old = storedRequest(now - 3 * day);
      const young = storedRequest(now - hour);
      await ledger.add([old, young]);
      expect(await ledger.prune({ days: 0, maxMb: 0 })).toBe(0);
      expect(await ledger.prune({ days: 2.5, maxMb: 0 })).toBe(1);
      expect(idsOf(await ledger.page({ filter: {}, limit: 10 }))).toEqual([young.record.id]);
    });

    test('are removed all at once, and nothing else is', async () => {
      const { ledger, counters } = await open();
      await ledger.add([storedRequest(now), storedRequest(now)]);
      const windows = [{ per: 'day', startsAt: 0 }] as const;
      await counters.reserve('c', windows, []);
      expect(await ledger.clear()).toBe(2);
      expect(await ledger.page({ filter: {}, limit: 10 })).toEqual([]);
      expect(await counters.used(['c'], windows)).toMatchObject([{ requests: 1 }]);
    });

    test('are summed by model, key, account and local day', async () => {
      const { ledger } = await open();
      await ledger.add([
        storedRequest(now - 2 * day),
        storedRequest(now, {
          key_id: 'ffffffffffff',
          key_name: 'phone',
          cost: { usd: null, basis: 'unknown', billed: true },
        }),
        storedRequest(now, { form: 'count', cost: { usd: null, basis: 'unknown', billed: true } }),
      ]);
      expect(await ledger.sums({ by: 'model' })).toEqual([
        { id: 'up-chat', name: 'up-chat', usd: 0.25, requests: 2, unknown: 1, tokens: 30, billed: true },
      ]);
      expect(await ledger.sums({ by: 'key' })).toHaveLength(2);
      expect(await ledger.sums({ by: 'day' })).toHaveLength(2);
      expect(await ledger.sums({ by: 'account', from: now })).toMatchObject([
        { id: '0011223344556677', name: 'p-a:u...a', usd: null, requests: 1 },
      ]);
    });

    test('cost by local day and model, keys apart from accounts', async () => {
      const { ledger } = await open();
      const noon = new Date(now).setHours(12, 0, 0, 0);
      const unknown = { usd: null, basis: 'unknown', billed: false } as const;
      await ledger.add([
        storedRequest(noon - 2 * day),
        storedRequest(noon),
        storedRequest(noon + 30 * 60_000),
        storedRequest(noon, { cost: unknown }),
        storedRequest(noon, { form: 'count', cost: unknown }),
      ]);
      const steps = await ledger.costSteps({ step: 'day', from: noon - day });
      const start = new Date(now).setHours(0, 0, 0, 0);
      expect([...steps].sort((one, other) => Number(other.billed) - Number(one.billed))).toMatchObject([
        { start, sent: 'up-chat', billed: true, usd: 0.5, requests: 2, unknown: 0 },
        { start, sent: 'up-chat', billed: false, usd: null, requests: 1, unknown: 1 },
      ]);
      expect(await ledger.costSteps({ step: 'hour', from: noon, to: noon + hour })).toMatchObject([
        { start: noon },
        { start: noon },
      ]);
    });

    test('have their median and their 95th percentile by piece of time, without those that failed', async () => {
      const { ledger } = await open();
      const from = now - 2 * hour;
      const slow = Array.from({ length: 100 }, (_, index) =>
        storedRequest(from + index, { total_ms: (index + 1) * 10 }),
      );
      const failed = storedRequest(from + 200, { total_ms: 90_000, outcome: 'failure', status: 502 });
      await ledger.add([...slow, failed, storedRequest(from + 2 * hour, { total_ms: 7 })]);
      const slots = await ledger.responseTimes({ from, slotMs: hour, slots: 2 });
      expect(slots[1]).toEqual({ requests: 0, median: null, p95: null });
      expect(await ledger.responseTimes({ from, slotMs: hour, slots: 1, model: 'another' })).toMatchObject([
        { requests: 0 },
      ]);
      expect(await ledger.responseTimes({ from, slotMs: hour, slots: 1, model: 'up-chat' })).toMatchObject([
        { requests: 100 },
      ]);
      const [{ requests, median, p95 } = { requests: 0, median: 0, p95: 0 }] = slots;
      expect(requests).toBe(100);
      expect(Math.abs((median ?? 0) / 500 - 1)).toBeLessThan(0.02);
      expect(Math.abs((p95 ?? 0) / 950 - 1)).toBeLessThan(0.02);
    });

    test('are counted by credential and piece of time, every try of a request for itself', async () => {
      const { ledger } = await open();
      const slotMs = 60_000;
      const from = now - 2 * slotMs;
      const refused = {
        source: 'claude',
        credential: 'a.json',
        model: 'up-chat',
        status: 429,
        ms: 5,
        error: 'too many',
      };
      const answered = { ...refused, credential: 'b.json', status: 200, error: null };
      const failure = (status: number | null) => ({
        outcome: 'failure' as const,
        status,
        credential: 'a.json',
        tries: [],
      });
      await ledger.add([
        storedRequest(from - 1),
        storedRequest(from),
        storedRequest(from + slotMs, { credential: 'b.json', tries: [refused, answered] }),
        storedRequest(from + slotMs, failure(503)),
        storedRequest(from + slotMs, failure(null)),
        // What the client got wrong, and what it gave up, says nothing of the credential.
        storedRequest(from + slotMs, failure(400)),
        storedRequest(from + slotMs, { ...failure(499), outcome: 'aborted' }),
      ]);
      const activity = await ledger.activity({ from, slotMs, slots: 3 });
      expect([...activity].sort((one, other) => (one.credential < other.credential ? -1 : 1))).toEqual([
        { credential: 'a.json', answered: [0, 0, 0], refused: [0, 3, 0] },
        { credential: 'b.json', answered: [0, 1, 0], refused: [0, 0, 0] },
        { credential: 'u...a', answered: [1, 0, 0], refused: [0, 0, 0] },
      ]);
    });
  });

  describe('counters', () => {
    const windows = [{ per: 'hour', startsAt: 0 }] as const;
    const limit = (max: number) => ({ metric: 'requests', per: 'hour', startsAt: 0, max }) as const;

    test('of 200 reservations at once on a limit of 50 exactly 50 are granted', async () => {
      const { counters } = await open();
      const refusals = await Promise.all(
        Array.from({ length: 200 }, () => counters.reserve('c', windows, [limit(50)])),
      );
      expect(refusals.filter((reached) => reached.length === 0)).toHaveLength(50);
      expect(refusals.at(-1)).toEqual([limit(50)]);
    });

    test('are kept over a restart, given back, and booked', async () => {
      const storage = await open();
      await storage.counters.reserve('c', windows, [limit(2)]);
      await storage.counters.reserve('c', windows, [limit(2)]);
      await storage.counters.giveBack('c', windows);
      await storage.counters.book('c', windows, { tokens: 70, cost: 0.5 });
      await storage.close();
      const { counters } = await open();
      expect(await counters.used(['c', 'other'], windows)).toEqual([
        { client: 'c', per: 'hour', startsAt: 0, requests: 1, tokens: 70, cost: 0.5 },
        { client: 'other', per: 'hour', startsAt: 0, requests: 0, tokens: 0, cost: 0 },
      ]);
      await counters.book('c', windows, { requests: 1, tokens: 0, cost: 0 });
      await counters.book('c', windows, { requests: -1, tokens: 0, cost: 0 });
      expect(await counters.used(['c'], windows)).toMatchObject([{ requests: 1, tokens: 70 }]);
      const tokens = { metric: 'tokens', per: 'hour', startsAt: 0, max: 70 } as const;
      expect(await counters.reserve('c', windows, [limit(9), tokens])).toEqual([tokens]);
      expect(await counters.used(['c'], windows)).toMatchObject([{ requests: 1 }]);
    });

    test('two programs on one file count together', async () => {
      const [one, other] = [await open(), await open()];
      const refusals = await Promise.all(
        [one, other].flatMap(({ counters }) =>
          Array.from({ length: 30 }, () => counters.reserve('c', windows, [limit(20)])),
        ),
      );
      expect(refusals.filter((reached) => reached.length === 0)).toHaveLength(20);
    });
  });

  test('each name is told once, and only one program delivers', async () => {
    const [one, other] = [await open(), await open()];
    expect(await one.webhooks.firstTime('a')).toBe(true);
    expect(await other.webhooks.firstTime('a')).toBe(false);
    expect(await one.webhooks.lease('x', 60_000)).toBe(true);
    expect(await other.webhooks.lease('y', 60_000)).toBe(false);
    expect(await one.webhooks.lease('x', 0)).toBe(true);
    expect(await other.webhooks.lease('y', 60_000)).toBe(true);
  });

  test('of waiting deliveries the newest of each receiver are kept', async () => {
    const { webhooks } = await open();
    const delivery = (id: number, receiver: string) => ({
      ...{ id: `d${id}`, receiver, body: '{}', createdAt: id, nextAt: id, attempts: 0 },
    });
    await webhooks.save([delivery(1, 'r'), delivery(2, 'r'), delivery(3, 'r'), delivery(4, 's')], 2);
    await webhooks.save([{ ...delivery(3, 'r'), attempts: 5 }], 2);
    await webhooks.remove(['d2']);
    expect(await webhooks.load()).toEqual([{ ...delivery(3, 'r'), attempts: 5 }, delivery(4, 's')]);
  });

  test('cooldowns are kept one by one, and those that are over are not', async () => {
    const { cooldowns } = await open();
    const one = {
      credential: 'a',
      model: 'm',
      kind: 'hard',
      until: now + hour,
      status: 429,
      level: 1,
      message: 'x',
    } as const;
    const other = { ...one, credential: 'b', status: 500 };
    await cooldowns.save([one, other], []);
    await cooldowns.save([{ ...one, level: 2 }], [{ credential: 'b', model: 'm' }]);
    const [kept, ...more] = await cooldowns.load();
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ credential: 'a', model: 'm', status: 429, level: 2 });
    expect(Math.abs((kept?.until ?? 0) - one.until)).toBeLessThan(5_000);
  });

  test('who made a file or a batch is known after a restart, the last to say so', async () => {
    const storage = await open();
    await storage.owners.save(['file-1', 'file-2', 'file-1'], 'a');
    await storage.owners.save(['file-2'], 'b');
    await storage.close();
    const { owners } = await open();
    expect([await owners.find('file-1'), await owners.find('file-2'), await owners.find('file-3')]).toEqual([
      ...['a', 'b'],
      undefined,
    ]);
  });

  test('of what providers said of a limit the newest stays', async () => {
    const { limits } = await open();
    await limits.save([{ credential: 'a', seenAt: 2, content: { used: 2 } }]);
    await limits.save([{ credential: 'a', seenAt: 1, content: { used: 1 } }]);
    expect(await limits.load()).toEqual([{ credential: 'a', seenAt: 2, content: { used: 2 } }]);
  });

  test('usage by the hour is added up, and removed once it is not to be kept', async () => {
    const { usage } = await open();
    const sums = { requests: 1, failed: 0, input: 2, output: 3, reasoning: 0, cached: 0, total: 5 };
    const one = { hour: 3600, api: 'GET /v1', model: 'm', source: 's', last: 3700, ...sums };
    expect(await usage.add([one, { ...one, model: 'n' }])).toBe(true);
    expect(await usage.add([{ ...one, last: 3800 }])).toBe(true);
    const { kept, hours } = await usage.load();
    expect(kept).toBe(true);
    expect(hours.find(({ model }) => model === 'm')).toMatchObject({ last: 3800, requests: 2, total: 10 });
    await usage.setKept(false);
    expect(await usage.add([one])).toBe(false);
    expect(await usage.load()).toEqual({ kept: false, hours: [] });
  });
}
