import { expect, test } from 'vitest';
import { WaitingRequests } from '../../src-main/ledger/waiting-requests.ts';
import type { StoredRequest } from '../../src-main/storage/ledger.ts';
import { storedRequest } from '../storage/stored-request.ts';

const { record } = storedRequest(0);
const request = (id: number, error: string | null = null): StoredRequest => ({
  record: { ...record, id: String(id), error, tries: [] },
  route: [],
});

test('a hundred thousand requests wait, and then the oldest ones go', () => {
  const waiting = new WaitingRequests();
  let dropped = 0;
  for (let id = 0; id < 100_010; id += 1) dropped += waiting.add(request(id));
  expect([waiting.size, dropped]).toEqual([100_000, 10]);
  expect(waiting.first(2).map((one) => one.record.id)).toEqual(['10', '11']);
});

test('fewer of those that are long', () => {
  const waiting = new WaitingRequests();
  const long = 'x'.repeat(32_000);
  for (let id = 0; id < 3_000; id += 1) waiting.add(request(id, long));
  expect(waiting.size).toBeLessThan(2_100);
  expect(waiting.size).toBeGreaterThan(1_900);
  for (const { record } of waiting.first(5_000)) waiting.remove(record.id);
  expect(waiting.size).toBe(0);
  for (let id = 0; id < 3_000; id += 1) waiting.add(request(id));
  expect(waiting.size).toBe(3_000);
});
