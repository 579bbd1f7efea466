// What the windows of one account do, and what of it is told.
import { expect, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import { AccountLimits } from '../../src-main/limits/account-limits.ts';
import type { StoredLimits } from '../../src-main/storage/limit-store.ts';
import { FakeClock } from '../support/fake-clock.ts';

const holder = { id: 'c', name: 'ann.json', provider: 'claude' };

/** A program that reads limits; `stored` stands for its file. */
async function open(clock: FakeClock, stored = new Map<string, StoredLimits>()) {
  const store = {
    load: async () => [...stored.values()],
    save: async (rows: readonly StoredLimits[]) => {
      for (const row of rows) stored.set(row.credential, structuredClone(row));
    },
  };
  const limits = new AccountLimits({ store, digest: (id) => id, clock, log: createLogger(() => {}, 'test') });
  const told: string[] = [];
  const events: string[] = [];
  limits.onWindowChange(({ kind, window }) => told.push(`${kind} ${window.used}`));
  limits.onChange(({ windows }) => events.push(windows.map(({ used }) => used).join()));
  await limits.list();
  const says = (used: number, inSeconds: number, word = 'allowed') =>
    limits.seen(holder, {
      ...{ status: 200, model: 'm' },
      headers: {
        'anthropic-ratelimit-unified-5h-utilization': String(used),
        'anthropic-ratelimit-unified-5h-reset': String(Math.floor(clock.now() / 1000) + inSeconds),
        'anthropic-ratelimit-unified-5h-status': word,
      },
    });
  return { limits, told, events, says, stored };
}

test('a warning is told at 80 %, not at the word of the provider; the end of a limit at its word too', async () => {
  const { told, says } = await open(new FakeClock());
  says(0.5, 600, 'allowed_warning');
  expect(told).toEqual([]);
  says(0.8, 600, 'allowed');
  says(0.9, 600, 'allowed_warning');
  says(0.9, 600, 'rejected');
  expect(told).toEqual(['limit-warning 0.8', 'limit-reached 0.9']);
});

test('a window that renewed is told of although the response of the next filling comes first', async () => {
  const clock = new FakeClock();
  const { told, says } = await open(clock);
  says(0.9, 60);
  clock.advance(60_001);
  says(0.01, 600);
  clock.advance(10_000);
  expect(told).toEqual(['limit-warning 0.9', 'limit-renewed 0']);
});

test('what was announced before a restart is not announced again', async () => {
  const clock = new FakeClock();
  const { limits, says, events, stored } = await open(clock);
  says(0.3, 3_000);
  clock.advance(1_000);
  expect(events).toEqual(['0.3']);
  await limits.close();
  const again = await open(clock, stored);
  again.says(0.3, 2_999);
  clock.advance(1_000);
  expect(again.events).toEqual([]);
  again.says(0.31, 2_998);
  clock.advance(1_000);
  expect(again.events).toEqual(['0.31']);
});
