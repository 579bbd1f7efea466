import type { IncomingHttpHeaders } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { BanList } from '../../src-main/http/auth/ban-list.ts';
import { ManagementAuth } from '../../src-main/http/auth/management-auth.ts';
import { KeepAlive } from '../../src-main/http/keep-alive.ts';
import { BcryptPool } from '../../src-main/management-auth/bcrypt-pool.ts';
import { ManagementKey } from '../../src-main/management-auth/management-key.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { snapshotOf } from '../support/snapshot.ts';

function open({ allowRemote = false } = {}) {
  const clock = new FakeClock();
  const bcrypt = new BcryptPool();
  const current = () => snapshotOf({ 'allow-remote': allowRemote });
  const key = new ManagementKey({ current, bcrypt, localPassword: 'local-pw' });
  const bans = new BanList(clock, (error) => expect.unreachable(String(error)));
  const auth = new ManagementAuth({ key, bans, servesLoopbackOnly: () => true });
  const ends: number[] = [];
  const keepAlive = new KeepAlive({ auth, clock, onExpired: () => ends.push(clock.now()) });
  onTestFinished(() => bcrypt.close());
  const call = (headers: IncomingHttpHeaders) =>
    keepAlive.respond({ headers: { host: 'localhost', ...headers }, socket: { remoteAddress: '127.0.0.1' } });
  return { clock, call, keepAlive, ends, bans };
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
    expect(called.call({ authorization: 'Bearer local-pw' })).toMatchObject({
      status: 200,
      body: '{"status":"ok"}',
    });
  }
  expect(called.ends).toEqual([]);
  called.clock.advance(10_000);
  expect(called.ends).toHaveLength(1);
});

test('only the password counts as a sign of life', () => {
  const { clock, call, ends } = open();
  clock.advance(9_000);
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-management-key': 'local-pw' }]) {
    expect(call(headers as IncomingHttpHeaders)).toMatchObject({ status: 401, body: '{"error":"invalid password"}' });
  }
  clock.advance(1_000);
  expect(ends).toHaveLength(1);
});

test.each([{ authorization: 'local-pw' }, { authorization: 'bearer local-pw' }, { 'x-local-password': 'local-pw' }])(
  '%j is accepted',
  (headers) => {
    expect(open().call(headers).status).toBe(200);
  },
);

test('nothing ends once it is closed', () => {
  const { clock, keepAlive, ends } = open();
  keepAlive.close();
  clock.advance(60_000);
  expect(ends).toEqual([]);
});

const remote = { 'x-forwarded-for': '203.0.113.7' };
const password = { authorization: 'Bearer local-pw' };

test('a remote client learns nothing of the password, and is banned for trying', () => {
  const { call, bans } = open({ allowRemote: true });
  for (let tries = 0; tries < 5; tries++) expect(call({ ...remote, ...password }).status).toBe(401);
  expect(call({ ...remote, ...password })).toMatchObject({ status: 403, body: expect.stringContaining('IP banned') });
  expect(bans.list()).toMatchObject([{ address: '203.0.113.7', failures: 5 }]);
  expect(open().call({ ...remote, ...password })).toMatchObject({
    status: 403,
    body: '{"error":"remote management disabled"}',
  });
});

test('wrong passwords from this machine are counted, until a right one comes', () => {
  const { call, bans } = open();
  call({ authorization: 'Bearer wrong', 'user-agent': 'parent/1' });
  expect(bans.list()).toMatchObject([{ agent: 'parent/1', failures: 1, reason: 'wrong' }]);
  call({ ...password, 'user-agent': 'parent/1' });
  expect(bans.list()).toEqual([]);
});

test('a page of another site that resolves its name to this machine is refused', () => {
  expect(open().call({ ...password, host: 'evil.example' }).status).toBe(403);
});
