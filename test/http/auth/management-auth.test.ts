import type { IncomingMessage, ServerResponse } from 'node:http';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BanList } from '../../../src-main/http/auth/ban-list.ts';
import { ManagementAuth } from '../../../src-main/http/auth/management-auth.ts';
import { Listener } from '../../../src-main/http/server/listener.ts';
import { BcryptPool } from '../../../src-main/management-auth/bcrypt-pool.ts';
import { ManagementKey } from '../../../src-main/management-auth/management-key.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { send } from '../../support/http-client.ts';
import { snapshotOf } from '../../support/snapshot.ts';

const cheapHash = hashSync('right', 4);
const remote = { 'x-forwarded-for': '203.0.113.7' };
const right = { 'x-management-key': 'right' };
const wrong = { 'x-management-key': 'wrong' };

interface Setup {
  readonly allowRemote?: boolean;
  readonly secret?: string;
  readonly environmentPassword?: string;
  readonly localPassword?: string;
  readonly loopbackOnly?: boolean;
  readonly bcrypt?: BcryptPool;
}

/** A server that answers `in` to every client that is authenticated. */
async function serve({ allowRemote = true, secret = cheapHash, loopbackOnly = true, ...rest }: Setup = {}) {
  const clock = new FakeClock();
  const bcrypt = rest.bcrypt ?? new BcryptPool();
  const state = { snapshot: snapshotOf({ 'secret-key': secret, 'allow-remote': allowRemote }) };
  const key = new ManagementKey({ ...rest, current: () => state.snapshot, bcrypt });
  const bans = new BanList(clock, (error) => expect.unreachable(String(error)));
  const access = new ManagementAuth({ key, bans, servesLoopbackOnly: () => loopbackOnly });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const verdict = await access.authenticate(request);
    if ('rejection' in verdict)
      response.writeHead(verdict.rejection.status, verdict.rejection.headers).end(verdict.rejection.body);
    else response.end(JSON.stringify(verdict.actor));
  };
  const listener = new Listener({
    handler: (request, response) => void answer(request, response),
    onError: (error) => expect.unreachable(error.message),
  });
  const { port } = await listener.moveTo('127.0.0.1', 0);
  onTestFinished(async () => {
    await listener.close({ graceMs: 0 });
    await bcrypt.close();
  });
  const get = async (headers: Readonly<Record<string, string>> = {}) => {
    const { status, text, headers: received } = await send(`http://127.0.0.1:${port}/`, headers);
    return { status, headers: received, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const times = async (count: number, headers: Readonly<Record<string, string>>) => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index++) statuses.push((await get(headers)).status);
    return statuses;
  };
  return { get, times, clock, port, state, bans };
}

describe('the key', () => {
  test.each([
    { 'x-management-key': 'right' },
    { authorization: 'Bearer right' },
    { authorization: 'bEARER right' },
    { authorization: 'right' },
    { authorization: 'Bearer right', 'x-management-key': 'wrong' },
    { authorization: '', 'x-management-key': 'right' },
  ])('%j opens', async (headers) => {
    const { get } = await serve();
    expect((await get(headers as Record<string, string>)).status).toBe(200);
  });

  test.each([
    { 'x-management-key': 'wrong' },
    { authorization: 'Bearer' },
    { authorization: 'Basic right' },
    { authorization: 'Bearer  right' },
    { authorization: 'Bearer wrong', 'x-management-key': 'right' },
    { 'x-management-key': cheapHash },
  ])('%j does not', async (headers) => {
    const { get } = await serve();
    expect(await get(headers as Record<string, string>)).toMatchObject({
      status: 401,
      body: { error: 'invalid management key' },
    });
  });

  test('a missing key is reported differently from a wrong one', async () => {
    const { get } = await serve();
    const missing = { status: 401, body: { error: 'missing management key' } };
    expect(await get()).toMatchObject(missing);
    expect(await get({ 'x-management-key': '' })).toMatchObject(missing);
  });

  test('is read as UTF-8', async () => {
    const { get } = await serve({ secret: hashSync('schlüssel', 4) });
    const bytes = Buffer.from('schlüssel').toString('latin1');
    expect((await get({ authorization: `Bearer ${bytes}` })).status).toBe(200);
    expect((await get({ authorization: 'Bearer schlüssel' })).status).toBe(401);
  });

  test('who passes is named with address and program', async () => {
    const { get } = await serve();
    expect((await get({ ...right, ...remote, 'user-agent': 'probe/1' })).body).toEqual({
      kind: 'http',
      address: '203.0.113.7',
      agent: 'probe/1',
    });
  });

  test('without a configured key the paths do not exist', async () => {
    const { get, state } = await serve({ secret: '', localPassword: 'local' });
    const absent = { status: 404, body: '404 page not found' };
    expect(await get({ 'x-management-key': 'local' })).toMatchObject(absent);
    expect(await get({ ...remote })).toMatchObject(absent);
    state.snapshot = snapshotOf({ 'secret-key': cheapHash });
    expect((await get(right)).status).toBe(200);
  });
});

describe('remote clients', () => {
  test('are rejected unless the config or MANAGEMENT_PASSWORD allows them', async () => {
    const closed = await serve({ allowRemote: false });
    expect(await closed.get({ ...remote, ...right })).toMatchObject({
      status: 403,
      body: { error: 'remote management disabled' },
    });
    const opened = await serve({ allowRemote: false, environmentPassword: 'env' });
    expect((await opened.get({ ...remote, ...right })).status).toBe(200);
    expect((await opened.get({ ...remote, 'x-management-key': 'env' })).status).toBe(200);
  });

  test('cannot use the local password', async () => {
    const { get } = await serve({ localPassword: 'local' });
    expect((await get({ 'x-management-key': 'local' })).status).toBe(200);
    expect((await get({ ...remote, 'x-management-key': 'local' })).status).toBe(401);
  });
});

describe('a ban', () => {
  test('follows the fifth failure, lasts half an hour, and is not extended by further tries', async () => {
    const { get, times, clock } = await serve();
    expect(await times(5, { ...remote, ...wrong })).toEqual([401, 401, 401, 401, 401]);
    const rejection = async () => (await get({ ...remote, ...right })).body.error;
    expect(await rejection()).toBe('IP banned due to too many failed attempts. Try again in 30m0s');
    clock.advance(1000);
    expect(await rejection()).toBe('IP banned due to too many failed attempts. Try again in 29m59s');
    clock.advance(28 * 60_000 + 54_000);
    expect(await rejection()).toBe('IP banned due to too many failed attempts. Try again in 1m5s');
    clock.advance(64_700);
    expect(await rejection()).toBe('IP banned due to too many failed attempts. Try again in 0s');
    clock.advance(300);
    expect((await get({ ...remote, ...right })).status).toBe(200);
  });

  test('says how many tries are left, and when it ends; clients on this machine have any number', async () => {
    const { get, clock } = await serve();
    const left = async (headers: Readonly<Record<string, string>>) =>
      (await get(headers)).headers['x-ratelimit-remaining'];
    expect(await left({ ...remote, ...wrong })).toBe('4');
    expect(await left(remote)).toBe('3');
    expect(await left(wrong)).toBeUndefined();
    for (let count = 0; count < 3; count += 1) await get({ ...remote, ...wrong });
    clock.advance(60_000);
    expect((await get({ ...remote, ...right })).headers['retry-after']).toBe(String(29 * 60));
  });

  test('counts missing keys, only without a success between, and starts again when it is over', async () => {
    const { get, times, clock } = await serve();
    await times(4, remote);
    expect((await get({ ...remote, ...right })).status).toBe(200);
    expect(await times(5, remote)).toEqual([401, 401, 401, 401, 401]);
    expect((await get(remote)).status).toBe(403);
    clock.advance(30 * 60_000);
    expect(await times(4, remote)).toEqual([401, 401, 401, 401]);
    expect((await get({ ...remote, ...right })).status).toBe(200);
  });

  test('is for one address, and never for this machine', async () => {
    const { get, times } = await serve();
    await times(5, { ...remote, ...wrong });
    expect((await get({ 'x-forwarded-for': '203.0.113.8', ...right })).status).toBe(200);
    expect(await times(7, wrong)).toEqual([401, 401, 401, 401, 401, 401, 401]);
    expect((await get(right)).status).toBe(200);
  });

  test('cannot be dodged by inventing addresses in front of the own one', async () => {
    const { get } = await serve();
    for (let index = 1; index <= 5; index++)
      await get({ 'x-forwarded-for': `198.51.100.${index}, 203.0.113.7`, ...wrong });
    expect((await get({ 'x-forwarded-for': '198.51.100.6, 203.0.113.7', ...right })).status).toBe(403);
  });

  test('is for all of an IPv6 network, of which a subscriber has every address', async () => {
    const { get, bans } = await serve();
    for (let index = 1; index <= 5; index++) await get({ 'x-forwarded-for': `2001:db8:1:2::${index}`, ...wrong });
    expect((await get({ 'x-forwarded-for': '2001:db8:1:2:ffff::6', ...right })).status).toBe(403);
    expect((await get({ 'x-forwarded-for': '2001:db8:1:3::1', ...right })).status).toBe(200);
    expect(bans.list()).toMatchObject([{ address: '2001:db8:1:2::/64', failures: 5 }]);
    bans.unban('2001:db8:1:2::/64');
    expect((await get({ 'x-forwarded-for': '2001:db8:1:2::1', ...right })).status).toBe(200);
  });

  test.each([
    [{ 'x-real-ip': '203.0.113.7' }, (invented: string) => ({ 'x-forwarded-for': invented })],
    [{ forwarded: 'for=203.0.113.7' }, (invented: string) => ({ 'x-real-ip': invented })],
  ])('cannot be dodged by inventing a header beside the %j of a proxy', async (proxy, forge) => {
    const { get } = await serve();
    const forged = (index: number) => ({ ...proxy, ...forge(`198.51.100.${index}`) }) as Record<string, string>;
    for (let index = 1; index <= 5; index++) await get({ ...forged(index), ...wrong });
    expect((await get({ ...forged(6), ...right })).status).toBe(403);
  });

  test('cannot be dodged by sending many keys at once', async () => {
    const { get } = await serve({ bcrypt: new BcryptPool({ waiting: 100 }) });
    const keys = Array.from({ length: 30 }, (_, index) => ({ ...remote, 'x-management-key': `wrong ${index}` }));
    const statuses = (await Promise.all(keys.map(get))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 403)).toHaveLength(25);
  });
});

describe('the list of rejected clients', () => {
  test('lists who failed how often, and who is banned until when', async () => {
    const { get, times, clock, bans } = await serve();
    await times(5, { ...remote, ...wrong, 'user-agent': 'scanner/1.0' });
    await times(2, { 'x-forwarded-for': '203.0.113.8' });
    await times(7, { ...wrong, 'user-agent': 'old-script' });
    const last = new Date(clock.now()).toISOString();
    const banned_until = new Date(clock.now() + 30 * 60_000).toISOString();
    expect(bans.list()).toEqual([
      { address: '203.0.113.7', local: false, agent: 'scanner/1.0', failures: 5, reason: 'wrong', last, banned_until },
      { address: '203.0.113.8', local: false, agent: '', failures: 2, reason: 'missing', last, banned_until: '' },
      { address: '127.0.0.1', local: true, agent: 'old-script', failures: 7, reason: 'wrong', last, banned_until: '' },
    ]);
    // A right key ends the suspicion, for programs on this machine by their name.
    await get({ 'x-forwarded-for': '203.0.113.8', ...right });
    await get({ ...right, 'user-agent': 'old-script' });
    expect(bans.list().map(({ address }) => address)).toEqual(['203.0.113.7']);
    clock.advance(30 * 60_000);
    expect(bans.list()).toEqual([]);
  });

  test('an unbanned client starts at zero failures', async () => {
    const { get, times, bans } = await serve();
    await times(5, { ...remote, ...wrong });
    let changes = 0;
    bans.onChange(() => changes++);
    bans.unban('203.0.113.7');
    expect([changes, bans.list()]).toEqual([1, []]);
    expect((await get({ ...remote, ...right })).status).toBe(200);
    expect(() => bans.unban('203.0.113.7')).toThrow('No client at this address');
  });

  test('is bounded, whatever a flood of addresses and names brings', () => {
    const bans = new BanList(new FakeClock(), (error) => expect.unreachable(String(error)));
    for (let index = 0; index < 30_000; index++) {
      const agent = `${index} ${'x'.repeat(10_000)}`;
      bans.failed({ address: `2001:db8:0:${index.toString(16)}::1`, local: false, agent }, 'wrong');
      bans.failed({ address: '127.0.0.1', local: true, agent }, 'missing');
    }
    expect(bans.list()).toHaveLength(200);
    expect(bans.list()[0]).toMatchObject({
      address: '2001:db8:0:752f::/64',
      agent: expect.stringMatching(/^29999 x{194}$/),
    });
  });
});

describe('the Host header', () => {
  const statusOf = async (host: string, setup?: Setup) => {
    const { get, port } = await serve({ allowRemote: false, ...setup });
    return (await get({ ...right, host: host.replace('PORT', String(port)) })).status;
  };

  test.each([
    'localhost',
    'localhost:PORT',
    'LocalHost:1',
    '127.0.0.1:PORT',
    '127.0.0.2',
    '[::1]:PORT',
    'cli-proxy-desktop:1',
  ])('%s is a name of this machine', async (host) => {
    expect(await statusOf(host)).toBe(200);
  });

  test.each([
    'evil.example.com',
    'localhost.evil.example.com',
    '192.168.1.2:PORT',
    'localhost@evil.example.com',
    '0.0.0.0',
  ])('%s is rejected while the server is local only', async (host) => {
    expect(await statusOf(host)).toBe(403);
  });

  test('a rejection says what to do and counts as no failure', async () => {
    const { get } = await serve({ allowRemote: false });
    const { body } = await get({ ...right, host: 'evil.example.com' });
    expect(body.error).toBe('forbidden host');
    expect(body.message).toContain('remote-management.allow-remote');
  });

  test('any other is fine when remote clients are served', async () => {
    expect(await statusOf('proxy.example.com', { allowRemote: true })).toBe(200);
    expect(await statusOf('proxy.example.com', { environmentPassword: 'env' })).toBe(200);
    expect(await statusOf('proxy.example.com', { loopbackOnly: false })).toBe(200);
  });
});

describe('while keys are guessed', () => {
  test('a flood of wrong keys gets 429 with Retry-After beyond the queue', async () => {
    const bcrypt = new BcryptPool({ waiting: 4 });
    const { get } = await serve({ secret: hashSync('right', 9), bcrypt });
    const guesses = Array.from({ length: 40 }, (_, index) => get({ 'x-management-key': `wrong ${index}` }));
    const answers = await Promise.all(guesses);
    const rejectedAsBusy = answers.filter(({ status }) => status === 429);
    expect(rejectedAsBusy.length).toBeGreaterThan(20);
    expect(rejectedAsBusy[0]?.headers['retry-after']).toBe('1');
    expect(rejectedAsBusy[0]?.body.error).toMatch(/too many key checks/);
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThan(5);
  });

  test('a client that is in goes on without waiting for a comparison', async () => {
    const { get } = await serve({ secret: hashSync('right', 10) });
    expect((await get(right)).status).toBe(200);
    let guessing = true;
    let compared = 0;
    const guesses = Promise.all(
      [1, 2, 3, 4].map(async (guesser) => {
        for (let count = 0; guessing; count++) {
          await get({ 'x-management-key': `wrong ${guesser} ${count}` });
          compared += 1;
        }
      }),
    );
    let undisturbed = 0;
    for (let count = 0; count < 100; count++) {
      const before = compared;
      expect((await get(right)).status).toBe(200);
      if (compared === before) undisturbed += 1;
    }
    guessing = false;
    await guesses;
    // A read that waits for its turn among the guesses sees one of them end.
    expect(undisturbed).toBeGreaterThan(50);
  });
});
