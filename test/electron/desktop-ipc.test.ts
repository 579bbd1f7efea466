// What a page can do over IPC, and what it cannot: foreign senders, unknown names, wrong inputs, other places.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contract } from '../../src-shared/contract/index.ts';
import { desktopContract } from '../../src-shared/desktop-contract.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';

async function opened(): Promise<Desktop> {
  const desktop = startDesktop();
  await desktop.address();
  await desktop.page('waitForSelector', 'nav');
  return desktop;
}

const callIn = (desktop: Desktop, calls: readonly (readonly [name: unknown, input: unknown])[]) =>
  desktop.page(
    'evaluate',
    `Promise.all(${JSON.stringify(calls)}.map(([name, input]) => window.bridge.call(name, input)))`,
  ) as Promise<readonly { readonly ok: boolean; readonly code?: string }[]>;

test('unknown names and wrong inputs are rejected with a problem, and nothing is executed', async () => {
  const desktop = await opened();
  const before = desktop.readConfig();
  const names = [
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    'desktop.constructor',
    'desktop.__proto__',
  ];
  const known = new Set<string>([...Object.keys(contract), ...Object.keys(desktopContract)]);
  const random = fc.sample(
    fc.string().filter((name) => !known.has(name)),
    { numRuns: 100, seed: 1 },
  );
  const noNames = [null, 7, [], {}, ['debug.get']];
  const replies = await callIn(
    desktop,
    [...names, ...random, ...noNames].map((name) => [name, undefined]),
  );
  expect(new Set(replies.map(({ ok, code }) => `${ok} ${code}`))).toEqual(new Set(['false unknown_operation']));

  const wrong = fc.sample(fc.jsonValue(), { numRuns: 60, seed: 2 }).filter((value) => typeof value !== 'object');
  const bad = await callIn(desktop, [
    ...wrong.map((input) => ['debug.set', input] as const),
    ['debug.set', { value: 'yes' }],
    ['debug.set', { __proto__: { value: true } }],
    ['desktop.open-folder', { folder: '/etc' }],
    ['desktop.preferences.set', { onClose: 'explode' }],
    ['desktop.preferences.set', { updateFeed: 'http://example.com/' }],
  ]);
  expect(new Set(bad.map(({ ok, code }) => `${ok} ${code}`))).toEqual(new Set(['false invalid_body']));
  expect(desktop.readConfig()).toBe(before);
  expect((await desktop.asked()).folders).toEqual([]);
});

test('calls from another window, from a frame and from another page are rejected', async () => {
  const desktop = await opened();
  const before = desktop.readConfig();
  for (const from of ['other window', 'frame', 'other page'] as const) {
    for (const [name, input] of [
      ['debug.set', { value: true }],
      ['desktop.quit', undefined],
      ['config.get', undefined],
    ] as const) {
      expect(await desktop.forge(from, name, input)).toMatchObject({ ok: false, code: 'unknown_operation' });
    }
  }
  expect(desktop.readConfig()).toBe(before);
});

test('the page sees the bridge and nothing of Node or Electron, and cannot change it', async () => {
  const desktop = await opened();
  const seen = await desktop.page(
    'evaluate',
    `({ bridge: Object.keys(window.bridge).sort(), node: [typeof process, typeof require, typeof Buffer, typeof module],
        frozen: Object.isFrozen(window.bridge), replaced: (() => { try { window.bridge = 1; } catch {} return typeof window.bridge; })() })`,
  );
  expect(seen).toEqual({
    bridge: ['call', 'listen'],
    node: ['undefined', 'undefined', 'undefined', 'undefined'],
    frozen: true,
    replaced: 'object',
  });
});

test('what cannot be cloned does not cross the bridge', async () => {
  const desktop = await opened();
  const failure = await desktop.page(
    'evaluate',
    `(async () => window.bridge.call('debug.set', { value: document.body }))().then(() => 'crossed', () => 'refused')`,
  );
  expect(failure).toBe('refused');
});

test('the page opens no windows and goes nowhere else', async () => {
  const desktop = await opened();
  await desktop.page('evaluate', `void window.open('https://example.com/')`);
  await desktop.page('evaluate', `location.href = 'https://example.com/'`);
  await desktop.page('waitForSelector', 'nav');
  expect(await desktop.address()).toMatch(/^http/);
  expect(await desktop.place()).toMatch(/^home/);
  expect((await desktop.asked()).opened).toEqual([]);
});
