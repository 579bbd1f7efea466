// When notices are told: failing requests, damaged files, broken configs, accounts to sign in to.
import { expect, test } from 'vitest';
import { Emitter } from '../../src-main/lib/emitter.ts';
import type { StorageState } from '../../src-main/storage/storage.ts';
import { FailingRequests } from '../../src-main/webhooks/failing-requests.ts';
import { Notices } from '../../src-main/webhooks/notices.ts';
import { watchNotices } from '../../src-main/webhooks/watch-notices.ts';
import type { RequestTry } from '../../src-shared/contract/requests.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import { storedRequest } from '../storage/stored-request.ts';
import { FakeClock } from '../support/fake-clock.ts';

const tried = (status: number | null): RequestTry => ({
  ...{ source: 's', credential: 'c', model: 'm', status, ms: 1 },
  error: 'gone',
});
const good = storedRequest(0).record;
const failed = (status: number | null) =>
  storedRequest(0, { outcome: 'failure', status: status ?? 502, tries: [tried(status)], error: 'gone' }).record;
const refusedHere = storedRequest(0, { outcome: 'failure', status: 429, tries: [] }).record;

test('requests fail when at least five and at least half of five minutes did, by the upstream', () => {
  const clock = new FakeClock();
  const failing = new FailingRequests(clock);
  for (let n = 0; n < 4; n++) expect(failing.ended(failed(500))).toBeUndefined();
  // Neither the client's mistakes nor our own refusals are failures of an upstream.
  for (const record of [failed(400), failed(404), failed(422), refusedHere, good, good])
    expect(failing.ended(record)).toBeUndefined();
  // Five of eleven are less than half; the next one makes six of twelve.
  expect(failing.ended(failed(null))).toBeUndefined();
  expect(failing.ended(failed(401))).toMatchObject({ failed: 6, requests: 12, error: 'gone' });
});

test('failures are told once in 15 minutes, and those of more than 5 minutes ago do not count', () => {
  const clock = new FakeClock();
  const failing = new FailingRequests(clock);
  const fail = (count: number) =>
    Array.from({ length: count }, () => failing.ended(failed(503))).filter(Boolean).length;
  expect(fail(10)).toBe(1);
  clock.advance(14 * 60_000);
  expect(fail(10)).toBe(0);
  clock.advance(6 * 60_000);
  expect(fail(4)).toBe(0);
  expect(fail(1)).toBe(1);
});

test('a damaged history is told once for each file, one that cannot be kept each time that it begins', () => {
  const events = new Emitter<AppEvent>(() => {});
  const changed = new Emitter<void>(() => {});
  let state: StorageState = { state: 'opening' };
  let setAside: string | undefined;
  const notices = new Notices(new FakeClock(), { firstTime: async () => true }, () => {});
  const told: string[] = [];
  notices.on(({ type, data }) => told.push(`${type} ${JSON.stringify(data)}`));
  const stop = watchNotices(notices, {
    clock: new FakeClock(),
    onEvent: (listener) => events.on(listener),
    onFinished: () => () => {},
    onWindowChange: () => () => {},
    storage: {
      get state() {
        return state;
      },
      get setAside() {
        return setAside;
      },
      onStateChange: (listener) => changed.on(listener),
    },
  });
  const now = (next: StorageState, aside = setAside) => {
    state = next;
    setAside = aside;
    changed.emit();
  };
  now({ state: 'opening' }, '/h.damaged-1');
  now({ state: 'ready' });
  now({ state: 'unavailable', reason: 'read-only disk' });
  now({ state: 'unavailable', reason: 'read-only disk' });
  now({ state: 'ready' }, '/h.damaged-2');
  now({ state: 'unavailable', reason: 'full disk' });
  const broken = { event: 'config-broken', revision: 1, actor: { kind: 'disk' }, message: 'bad', line: 3, column: 1 };
  events.emit(broken as AppEvent);
  events.emit(broken as AppEvent);
  stop();
  events.emit({ ...broken, line: 4 } as AppEvent);
  expect(told).toEqual([
    'history-damaged {"file":"/h.damaged-1"}',
    'history-unavailable {"reason":"read-only disk"}',
    'history-damaged {"file":"/h.damaged-2"}',
    'history-unavailable {"reason":"full disk"}',
    'config-invalid {"message":"bad","line":3,"column":1}',
  ]);
});
