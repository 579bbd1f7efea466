import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { resultPage } from '../../src-main/login/result-page.ts';
import type { LoginName } from '../../src-shared/providers.ts';
import { holdLoginPorts } from '../support/login-ports.ts';
import { fakeProviders, kitName, loginWorld } from '../support/login-world.ts';

holdLoginPorts();

const codeFlows = ['anthropic', 'codex', 'gemini-cli', 'iflow'] as const satisfies readonly LoginName[];
const fileOf: Readonly<Record<(typeof codeFlows)[number], string>> = {
  anthropic: 'claude-user@anthropic.example.json',
  codex: 'codex-user@codex.example.json',
  'gemini-cli': 'gemini-user@gemini.example-fake-project.json',
  iflow: 'iflow-user@iflow.example.json',
};

describe('a login from start to end', () => {
  test.each(codeFlows)('%s waits, exchanges and stores the account for its owner only', async (name) => {
    const world = await loginWorld();
    const { url, state } = await world.start(name);
    expect(new URL(url).searchParams.get('state')).toBe(state);
    expect(world.logins.status(state)).toEqual({ status: 'wait' });
    expect(world.logins.addressOf(state)).toBe(url);
    const page = await world.approve(name, url);
    expect(page).toEqual(resultPage('done', 'en'));
    expect(world.logins.status(state)).toMatchObject({ status: 'ok', file: fileOf[name] });
    expect(world.names()).toEqual([fileOf[name]]);
    expect(statSync(path.join(world.folder, fileOf[name])).mode & 0o777).toBe(0o600);
    const steps = world.seen.flatMap((event) => (event.event === 'login' ? [event.step] : []));
    expect(steps.filter((step) => step !== 'enriching')).toEqual(['waiting', 'exchanging', 'done']);
    expect(world.clock.pending).toBe(0);
  });

  test('a device login asks at the interval, slower when told to, and not before', async () => {
    const world = await loginWorld();
    world.fakes.set('qwen.token', ['slow_down', 'pending', 'ok']);
    world.fakes.account('qwen', { approved: true });
    const { url, state, ...code } = await world.start('qwen');
    const userCode = expect.stringMatching(/^FAKE-/);
    expect(code).toEqual({ status: 'ok', flow: 'device', user_code: userCode, expires_in: 900 });
    expect(url).toContain('https://chat.qwen.ai/authorize');
    const polls = () => world.fakes.sent('qwen.token').length;
    world.clock.advance(999);
    expect(polls()).toBe(0);
    world.clock.advance(1);
    await expect.poll(() => world.clock.next).toBe(6_000);
    expect(polls()).toBe(1);
    world.clock.advance(6_000);
    await expect.poll(() => world.clock.next).toBe(6_000);
    expect(polls()).toBe(2);
    world.clock.advance(6_000);
    await world.settled(state);
    expect(world.logins.status(state)).toMatchObject({ status: 'ok', file: world.names()[0] });
    expect(world.names()).toEqual([expect.stringMatching(/^qwen-qwen-\d{13}\.json$/)]);
    expect(world.clock.pending).toBe(0);
  });

  test('a device code that nobody confirms ends with its own lifetime', async () => {
    const world = await loginWorld();
    world.fakes.set('qwen.token', { hang: true });
    const { state } = await world.start('qwen');
    world.clock.advance(900_000);
    expect(world.logins.status(state)).toEqual({ status: 'error', error: expect.stringContaining('in time') });
    expect(world.clock.pending).toBe(0);
  });

  test('nobody responds: it fails at the deadline, and the late response is told so', async () => {
    const world = await loginWorld();
    const { url, state } = await world.start('codex');
    world.clock.advance(299_999);
    expect(world.logins.status(state)).toEqual({ status: 'wait' });
    world.clock.advance(1);
    expect(world.logins.status(state)).toEqual({ status: 'error', error: expect.stringContaining('in time') });
    expect(await world.approve('codex', url)).toEqual(resultPage('expired', 'en'));
    expect(world.fakes.requests).toEqual([]);
    world.clock.advance(3_600_000);
    expect(world.logins.status(state).status).toBe('error');
    world.clock.advance(1);
    await world.start('codex');
    expect(world.logins.status(state)).toEqual({ status: 'ok' });
  });

  test('one that is cancelled during the exchange stores nothing', async () => {
    const world = await loginWorld();
    world.fakes.set('codex.token', 'hang');
    const { url, state } = await world.start('codex');
    const page = world.approve('codex', url);
    await world.until(() => world.seen.some((event) => event.event === 'login' && event.step === 'exchanging'));
    expect(world.logins.cancel(state)).toBe(true);
    expect(world.logins.cancel(state)).toBe(false);
    await page;
    expect(world.logins.status(state)).toEqual({ status: 'error', error: 'The login was cancelled.' });
    expect(world.names()).toEqual([]);
    await expect.poll(() => world.clock.pending).toBe(0);
  });

  test('of two browsers that bring responses only the first counts', async () => {
    const world = await loginWorld();
    const { url, state } = await world.start('anthropic');
    const first = world.approve('anthropic', url);
    expect(await world.visit('anthropic', { code: 'other', state })).toEqual(resultPage('used', 'en'));
    expect(await first).toEqual(resultPage('done', 'en'));
    expect(await world.visit('anthropic', { code: 'other', state })).toEqual(resultPage('used', 'en'));
    expect(world.fakes.sent('anthropic.token').length).toBe(1);
  });

  test('responses with another state, another route or none change nothing', async () => {
    const world = await loginWorld();
    const { state } = await world.start('anthropic');
    expect(await world.visit('anthropic', { error: 'access_denied', state: 'f'.repeat(32) })).toEqual(
      resultPage('unknown', 'en'),
    );
    expect(await world.visit('anthropic', { code: 'x' })).toEqual(resultPage('unknown', 'en'));
    expect(await world.visit('codex', { code: 'x', state })).toEqual(resultPage('unknown', 'en'));
    expect(await world.visit('anthropic', { code: 'x', state: '__proto__' })).toEqual(resultPage('unknown', 'en'));
    expect(world.logins.status(state)).toEqual({ status: 'wait' });
    expect(world.logins.visit('/other', {}, 'en')).toBeUndefined();
  });
});

describe('what goes wrong', () => {
  const faults = [
    'invalid_grant',
    'unauthorized',
    'rate_limited',
    'server_error',
    'invalid_json',
    'missing_fields',
    'reset',
    'endless',
    { status: 307, redirect: 'https://claude.ai/elsewhere' },
    { status: 200, json: [] },
  ];
  const cases = codeFlows.flatMap((name) => faults.map((fault) => ({ name, fault })));

  test.each(cases)('$name answers $fault: a sentence, no file, no timer', async ({ name, fault }) => {
    const world = await loginWorld();
    world.fakes.set(`${kitName(name)}.token`, fault);
    const { url, state } = await world.start(name);
    expect(await world.approve(name, url)).toEqual(resultPage('failed', 'en'));
    expectFailed(world.logins.status(state));
    expect(world.names()).toEqual([]);
    expect(world.clock.pending).toBe(0);
    expect(world.fakes.unexpected).toEqual([]);
  });

  test.each(codeFlows)('%s does not answer: given up after half a minute', async (name) => {
    const world = await loginWorld();
    world.fakes.set(`${kitName(name)}.token`, 'hang');
    const { url, state } = await world.start(name);
    const page = world.approve(name, url);
    await expect.poll(() => world.fakes.requests.length).toBe(1);
    world.clock.advance(1_000);
    expect(await page).toEqual(resultPage('under-way', 'en'));
    world.clock.advance(29_000);
    await world.settled(state);
    expectFailed(world.logins.status(state));
    expect(world.clock.pending).toBe(0);
  });

  test('a Google project that is never ready is given up', async () => {
    const world = await loginWorld();
    world.fakes.set('gemini.onboard', 'not_onboarded');
    const { url, state } = await world.start('gemini-cli');
    const page = world.approve('gemini-cli', url);
    await expect.poll(() => world.fakes.sent('gemini.onboard').length).toBe(1);
    world.clock.advance(120_000);
    await page;
    expectFailed(world.logins.status(state));
    await expect.poll(() => world.clock.pending).toBe(0);
  });

  test.each(['denied', 'expired', 'invalid_grant', 'unauthorized', 'invalid_json', 'missing_fields'])(
    'qwen answers %s while it is asked: a sentence, no file, no timer',
    async (fault) => {
      const world = await loginWorld();
      world.fakes.set('qwen.token', fault);
      const { state } = await world.start('qwen');
      world.clock.advance(1_000);
      await world.settled(state);
      expectFailed(world.logins.status(state));
      expect(world.names()).toEqual([]);
      expect(world.clock.pending).toBe(0);
    },
  );

  test.each(['reset', 'server_error', 'rate_limited'])(
    'qwen answers %s again and again: asked ever more rarely until its code expires',
    async (fault) => {
      const world = await loginWorld();
      world.fakes.set('qwen.token', fault);
      const { state } = await world.start('qwen');
      for (const pause of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
        await expect.poll(() => world.clock.next).toBe(pause);
        world.clock.advance(pause);
      }
      expect(world.logins.status(state)).toEqual({ status: 'wait' });
      world.clock.advance(900_000);
      await world.settled(state);
      expectFailed(world.logins.status(state));
    },
  );

  test('a provider that cannot be asked for a device code fails the start itself', async () => {
    const world = await loginWorld();
    world.fakes.set('qwen.device', 'server_error');
    await expect(world.start('qwen')).rejects.toMatchObject({ code: 'login_failed' });
    expect(world.clock.pending).toBe(0);
  });

  test('a bad proxy address fails the start instead of going around it', async () => {
    const world = await loginWorld();
    await expect(world.start('codex', { proxyUrl: 'ftp://host' })).rejects.toMatchObject({ code: 'invalid_value' });
  });

  function expectFailed(status: { status: string; error?: string | undefined }) {
    expect(status.status).toBe('error');
    expect(status.error).toMatch(/^[^<>{}]{20,300}$/);
    expect(status.error).not.toMatch(/undefined|null|\[object/);
  }
});

describe('a response that is handed in', () => {
  test.each([
    [
      'a whole address',
      (code: string, state: string) => ({
        redirectUrl: `http://localhost:1455/auth/callback?code=${code}&state=${state}`,
      }),
    ],
    ['a bare query', (code: string, state: string) => ({ redirectUrl: `code=${code}&state=${state}` })],
    ['code and state', (code: string, state: string) => ({ provider: 'openai', code, state })],
    ['a code with its state behind it', (code: string, state: string) => ({ redirectUrl: ` ${code}#${state} ` })],
  ])('%s finishes the login', async (_what, input) => {
    const world = await loginWorld();
    const { url, state } = await world.start('codex');
    world.logins.handIn(input(world.fakes.grant(url).code, state));
    await world.settled(state);
    expect(world.logins.status(state)).toMatchObject({ status: 'ok', file: world.names()[0] });
  });

  test('one that does not fit is rejected and the login keeps waiting', async () => {
    const world = await loginWorld();
    const { state } = await world.start('codex');
    expect(() => world.logins.handIn({ code: 'x' })).toThrow(expect.objectContaining({ code: 'missing_state' }));
    expect(() => world.logins.handIn({ code: 'x', state: 'other' })).toThrow(
      expect.objectContaining({ code: 'login_not_pending' }),
    );
    expect(() => world.logins.handIn({ provider: 'claude', code: 'x', state })).toThrow(
      expect.objectContaining({ code: 'login_not_pending' }),
    );
    expect(() => world.logins.handIn({ state })).toThrow(expect.objectContaining({ code: 'invalid_value' }));
    expect(world.logins.status(state)).toEqual({ status: 'wait' });
  });
});

describe('whose file it is', () => {
  test('a second workspace of the same e-mail gets a file of its own, and keeps it', async () => {
    const world = await loginWorld();
    const login = async (accountId: string) => {
      world.fakes.account('codex', { email: 'me@x.example', accountId });
      const { url } = await world.start('codex');
      await world.approve('codex', url);
    };
    await login('first');
    await login('second');
    const names = world.names();
    expect(names).toEqual([
      expect.stringMatching(/^codex-me@x\.example-[0-9a-f]{8}\.json$/),
      'codex-me@x.example.json',
    ]);
    await login('second');
    await login('first');
    expect(world.names()).toEqual(names);
    expect(names.map((name) => world.read(name).account_id)).toEqual(['second', 'first']);
  });

  test('e-mails that become equal when cleaned do not share a file', async () => {
    const world = await loginWorld();
    for (const email of ['a/b@x.example', 'a:b@x.example']) {
      world.fakes.account('anthropic', { email });
      const { url } = await world.start('anthropic');
      await world.approve('anthropic', url);
    }
    const names = world.names();
    expect(names).toEqual([
      expect.stringMatching(/^claude-a_b@x\.example-[0-9a-f]{8}\.json$/),
      'claude-a_b@x.example.json',
    ]);
  });

  test('accounts that nobody names do not share a file', async () => {
    const world = await loginWorld();
    for (let round = 0; round < 2; round += 1) {
      world.fakes.account('codex', { email: '', accountId: '' });
      const { url } = await world.start('codex');
      await world.approve('codex', url);
    }
    expect(world.names().length).toBe(2);
  });

  test("a new login keeps the person's fields and enables nothing", async () => {
    const world = await loginWorld();
    world.put(fileOf.codex, {
      type: 'codex',
      email: 'USER@codex.example',
      disabled: true,
      note: 'mine',
      access_token: 'old',
    });
    const { url } = await world.start('codex');
    await world.approve('codex', url);
    expect(world.names()).toEqual([fileOf.codex]);
    const now = world.read(fileOf.codex);
    expect(now).toMatchObject({ disabled: true, note: 'mine', type: 'codex', account_id: 'acct-codex' });
    expect(now.access_token).not.toBe('old');
  });

  test('a login through a proxy of its own uses that alone and stores it', async () => {
    const world = await loginWorld();
    const other = await fakeProviders();
    const { url } = await world.start('anthropic', { proxyUrl: other.proxyUrl });
    const { code, state } = other.grant(url);
    await world.visit('anthropic', { code, state });
    expect(world.fakes.requests).toEqual([]);
    expect(other.sent('anthropic.token').length).toBe(1);
    expect(world.read(fileOf.anthropic).proxy_url).toBe(other.proxyUrl);
  });
});
