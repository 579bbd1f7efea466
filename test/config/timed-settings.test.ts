// Settings that switch themselves off, on a clock that moves by hand and a real config file.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { TimedSettings } from '../../src-main/config/timed-settings.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { fileDocument } from '../../src-main/lib/files/stored-document.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { openStore, untilStore } from '../support/config-stores.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestApp } from '../support/test-app.ts';

const minute = 60_000;
const window = { kind: 'window' } as const;

async function world(text = 'debug: false # noisy\nport: 1\n') {
  const { store, folder, file } = await openStore(text);
  const clock = new FakeClock();
  const lines: string[] = [];
  const announced: unknown[] = [];
  const events = new AppEvents((error) => expect.unreachable(String(error)));
  events.on((event) => event.event === 'auto-off' && announced.push(event.timers));
  const log = createLogger((level, _source, message) => lines.push(`${level}: ${message}`), 'auto-off.ts');
  const open = async () => {
    const timedSettings = await TimedSettings.open({
      stored: fileDocument(path.join(folder, 'auto-off.json')),
      config: store,
      events,
      clock,
      log,
    });
    onTestFinished(() => timedSettings.close());
    return timedSettings;
  };
  const isOn = () => store.current.config.debug;
  /** Lets time pass; resolves when debug is off. */
  const off = async (ms: number) => {
    clock.advance(ms);
    await untilStore(store, () => !isOn());
  };
  return { store, file, clock, lines, announced, open, isOn, off };
}

test('a setting goes off when its time is over, and only its own value in the file changes', async () => {
  const { file, clock, announced, open, isOn, off } = await world();
  const timedSettings = await open();
  await timedSettings.switchOn('debug', 10, window);
  const until = new Date(clock.now() + 10 * minute).toISOString();
  expect(timedSettings.list()).toEqual([{ setting: 'debug', until }]);
  clock.advance(10 * minute - 1);
  expect(isOn()).toBe(true);
  await off(1);
  expect(readFileSync(file, 'utf8')).toBe('debug: false # noisy\nport: 1\n');
  expect(announced).toEqual([[{ setting: 'debug', until }], []]);
  expect(clock.pending).toBe(0);
});

test('switching off by hand ends the time: switched on again it stays on', async () => {
  const { store, clock, open, isOn } = await world();
  const timedSettings = await open();
  await timedSettings.switchOn('debug', 10, window);
  await store.edit(() => [{ path: ['debug'], value: false }], window);
  expect(timedSettings.list()).toEqual([]);
  await store.edit(() => [{ path: ['debug'], value: true }], window);
  clock.advance(60 * minute);
  await timedSettings.close();
  expect(isOn()).toBe(true);
});

test('an edit of the file from outside ends the time too', async () => {
  const { store, file, open, isOn } = await world();
  const timedSettings = await open();
  await timedSettings.switchOn('debug', 10, window);
  writeFileSync(file, 'debug: false\n');
  await untilStore(store, () => !isOn());
  expect(timedSettings.list()).toEqual([]);
});

test('another time replaces the first; none at all leaves it on', async () => {
  const { clock, open, isOn, off } = await world();
  const timedSettings = await open();
  await timedSettings.switchOn('debug', 10, window);
  await timedSettings.switchOn('debug', 60, window);
  clock.advance(59 * minute);
  expect(isOn()).toBe(true);
  await off(minute);
  await timedSettings.switchOn('debug', 10, window);
  await timedSettings.switchOn('debug', 0, window);
  expect(timedSettings.list()).toEqual([]);
  expect([clock.pending, isOn()]).toEqual([0, true]);
});

test('the end holds over a restart, and what ended meanwhile is switched off at the start', async () => {
  const { clock, open, isOn, off } = await world();
  const first = await open();
  await first.switchOn('debug', 60, window);
  await first.close();
  clock.advance(30 * minute);
  const second = await open();
  expect(second.list()).toHaveLength(1);
  await off(30 * minute);
  await second.switchOn('debug', 10, window);
  await second.close();
  clock.advance(11 * minute);
  expect(isOn()).toBe(true);
  const third = await open();
  expect([isOn(), third.list()]).toEqual([false, []]);
});

test('a computer that slept switches off within a minute of waking up', async () => {
  const { clock, open, isOn, off } = await world();
  await (await open()).switchOn('debug', 60, window);
  clock.jump(3 * 60 * minute);
  expect(isOn()).toBe(true);
  await off(minute);
});

test('while the file is invalid the setting stays, and goes off when the file is fixed', async () => {
  const { store, file, clock, lines, open, isOn } = await world();
  const timedSettings = await open();
  await timedSettings.switchOn('debug', 10, window);
  writeFileSync(file, 'debug: [\n');
  await untilStore(store, () => store.invalid !== undefined);
  clock.advance(10 * minute);
  await expect.poll(() => lines.at(-1)).toMatch(/^warning: debug could not be switched off/);
  expect(isOn()).toBe(true);
  writeFileSync(file, 'debug: true\n');
  await untilStore(store, () => store.invalid === undefined);
  clock.advance(minute);
  await untilStore(store, () => !isOn());
  expect(readFileSync(file, 'utf8')).toBe('debug: false\n');
});

test('a config that cannot be written leaves no timer behind', async () => {
  const { store, file, open } = await world();
  const timedSettings = await open();
  writeFileSync(file, 'debug: [\n');
  await untilStore(store, () => store.invalid !== undefined);
  await expect(timedSettings.switchOn('debug', 10, window)).rejects.toMatchObject({ code: 'config_broken' });
  expect(timedSettings.list()).toEqual([]);
  await timedSettings.close();
  expect((await open()).list()).toEqual([]);
});

test('over HTTP the program switches on, says until when, and switches off in config.yaml', async () => {
  const clock = new FakeClock();
  const { app, call, readConfig, close } = await startTestApp({ options: { clock }, config: 'request-log: false\n' });
  onTestFinished(close);
  const body = { setting: 'request-log', minutes: 10 };
  expect(await (await call('PUT', '/auto-off', body)).json()).toEqual({ status: 'ok' });
  expect(readConfig()).toContain('request-log: true\n');
  expect(await (await call('GET', '/auto-off')).json()).toEqual({
    timers: [{ setting: 'request-log', until: new Date(clock.now() + 10 * minute).toISOString() }],
  });
  clock.advance(10 * minute);
  await untilStore(app.config, () => !app.config.current.config['request-log']);
  expect(readConfig()).toContain('request-log: false\n');
  expect(await (await call('GET', '/auto-off')).json()).toEqual({ timers: [] });
  expect((await call('PUT', '/auto-off', { setting: 'port', minutes: 1 })).status).toBe(400);
  expect((await call('PUT', '/auto-off', { setting: 'debug', minutes: -1 })).status).toBe(400);
});
