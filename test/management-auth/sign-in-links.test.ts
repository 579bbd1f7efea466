// The link that the program prints opens the page signed in: once, soon, on this machine.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let laterMs = 0;

beforeEach(async () => {
  laterMs = 0;
  app = await startTestApp({ options: { clock: { ...systemClock, now: () => Date.now() + laterMs } } });
});
afterEach(() => app.close());

const tokenIn = (link: string) => new URL(link).hash.slice('#t='.length);
const exchange = (token: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${app.address}/sign-in`, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...headers } });
const read = (key: string, headers: Readonly<Record<string, string>> = {}) =>
  app.send('GET', '/debug', undefined, { 'x-management-key': key, ...headers });
const remote = { 'x-forwarded-for': '203.0.113.7' };

async function sessionKey(): Promise<string> {
  const response = await exchange(tokenIn(app.app.pageLink()));
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly key: string }).key;
}

test('its token is exchanged for a key that opens the API', async () => {
  const link = app.app.pageLink();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/management\.html#t=[\w-]{43}$/);
  const key = await sessionKey();
  expect((await read(key)).status).toBe(200);
  // The token itself opens nothing.
  expect((await read(tokenIn(link))).status).toBe(401);
});

test('it works once', async () => {
  const token = tokenIn(app.app.pageLink());
  expect((await exchange(token)).status).toBe(200);
  expect((await exchange(token)).status).toBe(401);
});

test('it ends after two minutes', async () => {
  const token = tokenIn(app.app.pageLink());
  laterMs = 120_000;
  expect((await exchange(token)).status).toBe(401);
});

test('neither token nor key is of use to another machine', async () => {
  const token = tokenIn(app.app.pageLink());
  expect((await exchange(token, remote)).status).toBe(403);
  await app.app.dispatch('server-settings.set', { allowRemote: true }, { kind: 'window' });
  const key = await sessionKey();
  expect((await read(key, remote)).status).toBe(401);
});

test('its key ends with the management key under which it was given', async () => {
  const key = await sessionKey();
  await app.app.dispatch('management-key.replace', undefined, { kind: 'window' });
  expect((await read(key)).status).toBe(401);
});

test('tokens and keys of nobody are refused', async () => {
  for (const token of ['', 'x', 'session-', tokenIn(app.app.pageLink()).slice(1)])
    expect((await exchange(token)).status).toBe(401);
  expect((await read('session-')).status).toBe(401);
  expect((await fetch(`${app.address}/sign-in`)).status).toBe(404);
});

test('there is none while the page or the API is off', async () => {
  expect(app.app.canOpenPage()).toBe(true);
  const without = await startTestApp({ config: '  disable-control-panel: true\n' });
  expect(without.app.canOpenPage()).toBe(false);
  await without.close();
});
