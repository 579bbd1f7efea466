import { expect, onTestFinished, test } from 'vitest';
import { KeepAlive } from '../../src-main/http/keep-alive.ts';
import { BcryptPool } from '../../src-main/management-auth/bcrypt-pool.ts';
import { ManagementKey } from '../../src-main/management-auth/management-key.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { snapshotOf } from '../support/snapshot.ts';

function open() {
  const clock = new FakeClock();
  const bcrypt = new BcryptPool();
  const key = new ManagementKey({ current: () => snapshotOf({}), bcrypt, localPassword: 'local-pw' });
  const ends: number[] = [];
  const keepAlive = new KeepAlive({ key, clock, onExpired: () => ends.push(clock.now()) });
  onTestFinished(() => bcrypt.close());
  return { clock, keepAlive, ends };
}

test('the program ends ten seconds after the last good call, counted from its start', () => {
  const silent = open();
  silent.clock.advance(9_999);
  expect(silent.ends).toEqual([]);
  silent.clock.advance(1);
  expect(silent.ends).toHaveLength(1);

  const called = open();
  for (let call = 0; call < 5; call++) {
    called.clock.advance(9_000);
    expect(called.keepAlive.respond({ authorization: 'Bearer local-pw' })).toMatchObject({
      status: 200,
      body: '{"status":"ok"}',
    });
  }
  expect(called.ends).toEqual([]);
  called.clock.advance(10_000);
  expect(called.ends).toHaveLength(1);
});

test('only the password counts as a sign of life', () => {
  const { clock, keepAlive, ends } = open();
  clock.advance(9_000);
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-management-key': 'local-pw' }]) {
    expect(keepAlive.respond(headers)).toMatchObject({ status: 401, body: '{"error":"invalid password"}' });
  }
  clock.advance(1_000);
  expect(ends).toHaveLength(1);
});

test.each([{ authorization: 'local-pw' }, { authorization: 'bearer local-pw' }, { 'x-local-password': 'local-pw' }])(
  '%j is accepted',
  (headers) => {
    expect(open().keepAlive.respond(headers).status).toBe(200);
  },
);

test('nothing ends once it is closed', () => {
  const { clock, keepAlive, ends } = open();
  keepAlive.close();
  clock.advance(60_000);
  expect(ends).toEqual([]);
});
