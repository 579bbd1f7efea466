import { chmodSync, chownSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Accounts } from '../../src-main/accounts/accounts.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { fakeProviders, loginWorld } from '../support/login-world.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const hour = 3_600_000;
const name = 'claude-old@x.example.json';

/** A Claude account whose token ended a minute ago. */
async function withExpired(fields: Record<string, unknown> = {}) {
  const world = await loginWorld();
  world.fakes.knowRefreshToken('anthropic', 'old-refresh', { email: 'old@x.example' });
  world.put(name, {
    type: 'claude',
    email: 'old@x.example',
    access_token: 'old-access',
    refresh_token: 'old-refresh',
    expired: iso(world.clock.now() - 60_000),
    last_refresh: iso(world.clock.now() - 8 * hour),
    note: 'mine',
    ...fields,
  });
  await world.files.refresh();
  const refreshes = () => world.fakes.sent('anthropic.refresh');
  const answered = (count: number) =>
    expect.poll(() => refreshes().filter(({ answer }) => answer !== undefined).length).toBe(count);
  return { ...world, refreshes, answered, stored: () => world.read(name) };
}

/** In small steps: the time limit of a request that starts on the way must not run out before it is sent. */
function untilRefreshing(clock: FakeClock, accounts: Accounts): void {
  for (let step = 0; step < 120; step += 1) {
    if (accounts.describe().some(({ status }) => status === 'refreshing')) return;
    clock.advance(1_000);
  }
}

const row = (accounts: { describe(): readonly { name: string }[] }) =>
  accounts.describe().find((each) => each.name === name) as Record<string, unknown>;

describe('the schedule', () => {
  test('an expired token is refreshed at once, and again when its lead begins', async () => {
    const world = await withExpired();
    const accounts = world.accounts();
    expect(row(accounts)).toMatchObject({ status: 'refreshing' });
    await expect.poll(() => world.stored().access_token).not.toBe('old-access');
    expect(world.stored()).toMatchObject({ note: 'mine', email: 'old@x.example', type: 'claude' });
    await expect.poll(() => row(accounts).status).toBe('ready');
    world.clock.advance(4 * hour - 60_000);
    expect(row(accounts).status).toBe('ready');
    untilRefreshing(world.clock, accounts);
    await world.answered(2);
  });

  test('a computer that slept refreshes within a minute of waking', async () => {
    const world = await withExpired({ expired: iso(Date.now() + 5 * hour) });
    world.accounts();
    expect(world.clock.next).toBeLessThanOrEqual(60_000);
    expect(world.refreshes().length).toBe(0);
    world.clock.jump(6 * hour);
    world.clock.advance(60_000);
    await world.answered(1);
  });

  test('a clock that is set back does not put the next try off for years', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', ['server_error', 'ok']);
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    world.clock.jump(-300 * 24 * hour);
    world.put(name, { ...world.stored(), expired: iso(world.clock.now() - 60_000) });
    await world.files.refresh();
    await world.answered(2);
  });

  test('many accounts are refreshed a few at a time', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', 'hang');
    for (let each = 0; each < 20; each += 1) {
      world.put(`claude-${each}.json`, { ...world.stored(), refresh_token: `token-${each}` });
    }
    await world.files.refresh();
    const accounts = world.accounts();
    expect(accounts.describe().filter(({ status }) => status === 'refreshing').length).toBe(8);
  });
});

describe('one request at a time', () => {
  test('all who ask for new tokens share one request and get the same', async () => {
    const world = await withExpired({ expired: iso(Date.now() + 7 * hour) });
    const accounts = world.accounts();
    const [first, second] = await Promise.all([accounts.refresh(name), accounts.refresh(name)]);
    expect(first).toBe(second);
    expect(first.content.access_token).toBe(world.stored().access_token);
    await accounts.refresh(name);
    expect(world.refreshes().length).toBe(1);
    world.clock.advance(10_000);
    await accounts.refresh(name);
    expect(world.refreshes().length).toBe(2);
  });

  test('two instances on one folder send one request, and both have what it brings', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', { delay: 200 });
    const instances = [world.accounts(), world.accounts(await world.otherFiles())];
    await Promise.all(instances.map((accounts) => accounts.refresh(name)));
    for (const accounts of instances) {
      expect(accounts.list()[0]?.content).toEqual(world.stored());
      expect(row(accounts)).toMatchObject({ status: 'ready', unavailable: false });
    }
    expect(world.refreshes().map(({ answer }) => answer?.status)).toEqual([200]);
    expect(world.names()).toEqual([name]);
  });

  test('tokens that another program stored just now are used without asking for others', async () => {
    const world = await withExpired({ expired: iso(Date.now() + hour) });
    const accounts = world.accounts();
    await world.files.read(name);
    const theirs = {
      ...world.stored(),
      refresh_token: 'theirs',
      access_token: 'a',
      expired: iso(Date.now() + 9 * hour),
    };
    world.put(name, theirs);
    const account = await accounts.refresh(name);
    expect(account.content).toEqual(theirs);
    expect(world.refreshes().length).toBe(0);
  });

  test('Gemini gets new tokens when a request needs them, in the form its file has', async () => {
    const world = await loginWorld();
    world.fakes.knowRefreshToken('gemini', 'google-refresh');
    const token = { access_token: 'old', refresh_token: 'google-refresh', expiry: iso(0), scopes: ['a'] };
    world.put('gemini-a.json', { type: 'gemini', email: 'a', token, project_id: 'p' });
    await world.files.refresh();
    const accounts = world.accounts();
    world.clock.advance(24 * hour);
    expect(world.fakes.requests).toEqual([]);
    const account = await accounts.refresh('gemini-a.json');
    expect(account.provider).toBe('gemini-cli');
    expect(account.content.token).toMatchObject({ refresh_token: 'google-refresh', scopes: ['a'], expires_in: 3599 });
    expect(account.content).toEqual(world.read('gemini-a.json'));
  });

  test('a token that came with the first part of a renewal is sent by nobody before the rest is there', async () => {
    const world = await loginWorld();
    const file = 'iflow-a.json';
    const expired = iso(world.clock.now() - 60_000);
    world.fakes.knowRefreshToken('iflow', 'old-refresh');
    world.fakes.set('iflow.userinfo', [{ delay: 300 }, 'ok']);
    world.put(file, { type: 'iflow', access_token: 'old-access', refresh_token: 'old-refresh', expired });
    await world.files.refresh();
    world.accounts();
    await expect.poll(() => world.read(file).refresh_token).not.toBe('old-refresh');
    expect(world.read(file)).toMatchObject({ access_token: 'old-access', expired });
    await world.files.refresh();
    const others = world.accounts();
    await expect.poll(() => others.describe()[0]?.status).toBe('ready');
    expect(world.read(file).access_token).not.toBe('old-access');
    expect(world.fakes.sent('iflow.refresh').length).toBe(1);
  });
});

describe('a file and its copy', () => {
  test('one request renews both: a refresh token that is sent twice would end the account', async () => {
    const world = await withExpired();
    world.put('copy.json', { ...world.stored(), note: 'copy' });
    await world.files.refresh();
    const accounts = world.accounts();
    const copy = await accounts.refresh('copy.json');
    expect(world.refreshes().length).toBe(1);
    expect(copy.content).toEqual({ ...world.stored(), note: 'copy' });
    expect(world.read('copy.json')).toEqual(copy.content);
    world.clock.advance(4 * hour - 60_000);
    untilRefreshing(world.clock, accounts);
    await world.answered(2);
    expect(world.refreshes().map(({ answer }) => answer?.status)).toEqual([200, 200]);
  });
});

describe('a refresh that fails', () => {
  test.each(['server_error', 'rate_limited', 'invalid_json', 'missing_fields', 'reset'])(
    '%s: nothing in the file changes, and it is tried again later',
    async (fault) => {
      const world = await withExpired();
      const before = world.stored();
      world.fakes.set('anthropic.refresh', [fault, 'ok']);
      const accounts = world.accounts();
      await expect.poll(() => row(accounts).status).toBe('error');
      expect(row(accounts).status_message).toMatch(/^.{20,300}$/);
      // Waiting mends it, and it says until when.
      expect(row(accounts)).toMatchObject({ trouble: expect.stringMatching(/unreachable|rejected/) });
      expect(Date.parse(String(row(accounts).next_retry_after))).toBeGreaterThan(world.clock.now());
      expect(row(accounts).status_since).toMatch(/^\d{4}-/);
      expect(world.stored()).toEqual(before);
      world.clock.advance(20_000);
      expect(world.refreshes().length).toBe(1);
      world.clock.advance(20_000);
      await world.answered(2);
      await expect.poll(() => row(accounts)).toMatchObject({ status: 'ready', status_message: '' });
    },
  );

  test('is tried again at once when a person asks for it, however long its pause is', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', ['server_error', 'ok']);
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    world.clock.advance(6_000);
    expect(world.refreshes().length).toBe(1);
    accounts.endCooldown(undefined, { kind: 'window' });
    await expect.poll(() => row(accounts)).toMatchObject({ status: 'ready', status_message: '' });
  });

  test('one that gets no response is given up and not doubled', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', 'hang');
    const accounts = world.accounts();
    await expect.poll(() => world.refreshes().length).toBe(1);
    world.clock.advance(29_000);
    expect(row(accounts).status).toBe('refreshing');
    world.clock.advance(1_000);
    await expect.poll(() => row(accounts).status).toBe('error');
    expect(world.refreshes().length).toBe(1);
  });

  test('a rejected token is not sent again until a new login brings another', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', ['invalid_grant', 'ok']);
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    expect(row(accounts)).toMatchObject({ trouble: 'login', next_retry_after: '' });
    expect(row(accounts)).toMatchObject({ unavailable: true, status_message: expect.stringContaining('Log in again') });
    world.clock.advance(48 * hour);
    await expect(accounts.refresh(name)).rejects.toMatchObject({ code: 'login_failed' });
    expect(world.refreshes().length).toBe(1);
    world.fakes.knowRefreshToken('anthropic', 'new-refresh');
    world.put(name, { ...world.stored(), refresh_token: 'new-refresh' });
    await world.files.refresh();
    await world.answered(2);
    await expect.poll(() => row(accounts).status).toBe('ready');
  });

  test('a token that is still good stays in use', async () => {
    const world = await withExpired({ expired: iso(Date.now() + hour) });
    world.fakes.set('anthropic.refresh', 'server_error');
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    expect(row(accounts).unavailable).toBe(false);
    accounts.report(name, { ok: true, status: 'ready' });
    expect(row(accounts)).toMatchObject({ status: 'error', success: 1 });
    world.clock.advance(hour);
    expect(row(accounts).unavailable).toBe(true);
  });

  test('tokens that cannot be written are used, and written once that is possible', async () => {
    const world = await withExpired();
    const restore = forbidWriting(world.folder, name);
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    expect(row(accounts).status_message).toContain('failed to write file');
    const [account] = accounts.list();
    expect(account?.content).toMatchObject({
      refresh_token: expect.stringMatching(/^fake-anthropic-refresh/),
      note: 'mine',
    });
    restore();
    world.clock.advance(60_000);
    await expect.poll(() => world.stored()).toEqual(account?.content);
    expect(world.refreshes().length).toBe(1);
  });
});

describe('what happens to the file meanwhile', () => {
  test('deleted: it stays deleted', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', { delay: 300 });
    const accounts = world.accounts();
    await expect.poll(() => world.refreshes().length).toBe(1);
    await world.files.remove(name, world.actor);
    expect(accounts.list()).toEqual([]);
    await world.answered(1);
    await accounts.close();
    expect(world.names()).toEqual([]);
  });

  test('a new login: that the old token is rejected then means nothing', async () => {
    const world = await withExpired();
    // biome-ignore lint/suspicious/noThenProperty: the fake provider's word for what follows the delay
    world.fakes.set('anthropic.refresh', { delay: 300, then: 'invalid_grant' });
    const accounts = world.accounts();
    await expect.poll(() => world.refreshes().length).toBe(1);
    const relogin = { ...world.stored(), refresh_token: 'of-the-login', expired: iso(Date.now() + 8 * hour) };
    await world.files.save(name, JSON.stringify(relogin), world.actor);
    await world.answered(1);
    await expect.poll(() => row(accounts).status).not.toBe('refreshing');
    expect(row(accounts)).toMatchObject({ status: 'ready', status_message: '', unavailable: false });
    await expect(accounts.refresh(name)).resolves.toMatchObject({ content: relogin });
  });

  test('a new login: its tokens are kept', async () => {
    const world = await withExpired();
    world.fakes.set('anthropic.refresh', { delay: 300 });
    const accounts = world.accounts();
    await expect.poll(() => world.refreshes().length).toBe(1);
    const relogin = { ...world.stored(), refresh_token: 'of-the-login', expired: iso(Date.now() + 8 * hour) };
    await world.files.save(name, JSON.stringify(relogin), world.actor);
    await world.answered(1);
    await accounts.close();
    expect(world.stored()).toEqual(relogin);
  });

  test('disabled: not refreshed, and shown as disabled', async () => {
    const world = await withExpired({ disabled: true });
    const accounts = world.accounts();
    world.clock.advance(48 * hour);
    expect(world.refreshes().length).toBe(0);
    expect(row(accounts)).toMatchObject({ status: 'disabled', disabled: true, unavailable: true });
    expect(accounts.list()[0]?.disabled).toBe(true);
  });

  test('invalid: it is listed with what is wrong, and harms no other', async () => {
    const world = await withExpired();
    await world.files.refresh();
    const accounts = world.accounts();
    await world.answered(1);
    world.put('list.json', []);
    await world.files.refresh();
    expect(accounts.describe().find((each) => each.name === 'list.json')).toMatchObject({
      status: 'error',
      provider: 'unknown',
      unavailable: true,
      status_message: expect.stringContaining('not a JSON object'),
    });
    expect(accounts.list().map((each) => each.name)).toEqual([name]);
  });
});

describe('what is reported and published', () => {
  test('requests are counted; a cooling account is ready again in time', async () => {
    const world = await withExpired({ expired: iso(Date.now() + 7 * hour) });
    const accounts = world.accounts();
    const until = world.clock.now() + 30_000;
    accounts.report(name, { ok: false, status: 'cooling', message: 'Too many requests.', until });
    accounts.report('gone.json', { ok: true });
    world.clock.advance(200);
    const latest = () => world.seen.findLast((event) => event.event === 'accounts')?.files[0];
    expect(latest()).toMatchObject({
      status: 'cooling',
      status_message: 'Too many requests.',
      failed: 1,
      unavailable: true,
    });
    world.clock.advance(30_200);
    expect(latest()).toMatchObject({ status: 'ready', status_message: '', unavailable: false });
    expect(latest()?.last_used).not.toBe('');
  });

  test('a burst of requests is published once', async () => {
    const world = await withExpired({ expired: iso(Date.now() + 7 * hour) });
    const accounts = world.accounts();
    const before = world.seen.length;
    for (let each = 0; each < 100; each += 1) accounts.report(name, { ok: true });
    world.clock.advance(200);
    expect(world.seen.length).toBe(before + 1);
    expect(row(accounts).success).toBe(100);
  });

  test("an account's own proxy wins over the configured one", async () => {
    const other = await fakeProviders();
    other.knowRefreshToken('anthropic', 'old-refresh');
    const world = await withExpired({ proxy_url: other.proxyUrl });
    world.accounts();
    await expect.poll(() => other.sent('anthropic.refresh').length + world.refreshes().length).toBe(1);
    expect(world.refreshes().length).toBe(0);
  });

  test('a bad proxy address is an error, never a direct connection', async () => {
    const world = await withExpired({ proxy_url: 'ftp://user:hunter2@host' });
    const accounts = world.accounts();
    await expect.poll(() => row(accounts).status).toBe('error');
    expect(row(accounts).status_message).toContain('proxy');
    expect(world.lines.join('\n')).not.toContain('hunter2');
    expect(world.refreshes().length).toBe(0);
  });
});

/** Takes the right to write from this process, whoever runs it; answers how to give it back. */
function forbidWriting(folder: string, file: string): () => void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    chmodSync(path.dirname(folder), 0o1777);
    chownSync(folder, 65_534, 65_534);
    chownSync(path.join(folder, file), 65_534, 65_534);
    process.seteuid?.(65_534);
  }
  chmodSync(folder, 0o500);
  let done = false;
  const restore = () => {
    if (done) return;
    done = true;
    chmodSync(folder, 0o700);
    if (isRoot) process.seteuid?.(0);
  };
  onTestFinished(() => {
    restore();
    rmSync(folder, { recursive: true, force: true });
  });
  return restore;
}
