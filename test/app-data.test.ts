// What the program keeps for its window across restarts: labels, earlier versions of the config.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../src-main/app.ts';
import { appDataDir } from '../src-main/config/app-data-dir.ts';
import { appDir } from '../src-main/config/app-paths.ts';
import { KeyLabels } from '../src-main/config/key-labels.ts';
import { fileDocument } from '../src-main/lib/files/stored-document.ts';
import { databaseFile } from '../src-main/storage/sqlite-storage.ts';
import { FakeClock } from './support/fake-clock.ts';
import { tempFolder } from './support/temp-folder.ts';
import { startTestApp } from './support/test-app.ts';

const start = Date.parse('2026-11-25T10:30:00Z');

test('labels outlive the program, belong to their key, and the file holds no key', async () => {
  const file = path.join(tempFolder(), 'deep/labels.json');
  const clock = new FakeClock(start);
  const labels = await KeyLabels.open({ stored: fileDocument(file), clock });
  await labels.set('sk-secret-key', 'laptop');
  clock.advance(60_000);
  await labels.set('sk-secret-key', 'laptop, new');
  const again = await KeyLabels.open({ stored: fileDocument(file) });
  expect(again.describe(['sk-other', 'sk-secret-key'])).toEqual([
    { key: 'sk-other', label: '', created: '' },
    { key: 'sk-secret-key', label: 'laptop, new', created: '2026-11-25T10:30:00.000Z' },
  ]);
  expect(readFileSync(file, 'utf8')).not.toContain('sk-secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a cut file of labels is as good as none', async () => {
  const file = path.join(tempFolder(), 'labels.json');
  writeFileSync(file, '{"a":');
  const labels = await KeyLabels.open({ stored: fileDocument(file) });
  expect(labels.describe(['k'])).toEqual([{ key: 'k', label: '', created: '' }]);
  await labels.set('k', 'x');
  expect((await KeyLabels.open({ stored: fileDocument(file) })).describe(['k'])[0]?.label).toBe('x');
});

test('the last 20 versions of the config are kept, each once, with who made it', async () => {
  const app = await startTestApp({ config: 'debug: false\n' });
  const list = async () =>
    (await (await app.call('GET', '/config-history')).json()) as {
      versions: { id: string; actor: string }[];
    };
  const original = app.readConfig();
  for (let value = 1; value <= 24; value += 1) await app.call('PUT', '/request-retry', { value });
  // Saying the same again makes no version.
  await app.call('PUT', '/request-retry', { value: 24 });
  const { versions } = await list();
  expect(versions).toHaveLength(20);
  expect(new Set(versions.map(({ actor }) => actor))).toEqual(new Set(['http']));
  const text = async (id: string) =>
    ((await (await app.call('GET', `/config-history/${id}`)).json()) as { text: string }).text;
  expect(await text(versions[0]?.id ?? '')).toBe(app.readConfig());
  expect(await text(versions[19]?.id ?? '')).toContain('request-retry: 5');
  expect(original).not.toContain('request-retry');
  // A name that is no version is no file either.
  for (const id of ['..%2Fconfig.yaml', 'x', '..']) {
    expect((await app.call('GET', `/config-history/${id}`)).status).toBe(404);
  }
  await app.close();
});

test('the activity tells who changed what, newest first', async () => {
  const app = await startTestApp({ config: 'debug: false\n' });
  await app.call('PUT', '/debug', { value: true });
  await app.send('POST', '/auth-files?name=a.json', '{"type":"claude"}', {});
  await app.call('DELETE', '/auth-files?name=a.json');
  const { entries } = (await (await app.call('GET', '/activity')).json()) as { entries: object[] };
  expect(entries).toMatchObject([
    { kind: 'account-removed', actor: 'http', subject: 'a.json' },
    { kind: 'account-added', actor: 'http', subject: 'a.json' },
    { kind: 'config', actor: 'http', keys: ['debug'] },
  ]);
  await app.close();
});

test('a clock that was set back costs no version of the config', async () => {
  const parent = tempFolder();
  const clock = new FakeClock(Date.parse('2033-01-01T00:00:00Z'));
  const app = await startTestApp({ parent, config: 'debug: false\n', options: { clock } });
  for (let value = 1; value <= 20; value += 1) await app.call('PUT', '/request-retry', { value });
  clock.advance(start - clock.now());
  for (const value of [30, 31, 32]) await app.call('PUT', '/request-retry', { value });
  const { versions } = (await (await app.call('GET', '/config-history')).json()) as {
    versions: { id: string; time: string }[];
  };
  const texts = await Promise.all(
    versions
      .slice(0, 4)
      .map(
        async ({ id }) => ((await (await app.call('GET', `/config-history/${id}`)).json()) as { text: string }).text,
      ),
  );
  expect(texts.map((text) => /request-retry: (\d+)/.exec(text)?.[1])).toEqual(['32', '31', '30', '20']);
  expect(versions.map(({ time }) => time.slice(0, 4))).toEqual([...Array(3).fill('2026'), ...Array(17).fill('2033')]);
  await app.close();
});

describe('what cannot be read', () => {
  /** Starts the program on a data folder that `prepare` has got at. */
  async function startWith(prepare: (folder: string, logs: string) => void) {
    const parent = tempFolder();
    const home = path.join(parent, 'home');
    const configFile = path.join(parent, 'config.yaml');
    writeFileSync(configFile, `port: 0\nauth-dir: ${path.join(parent, 'accounts')}\n`);
    const environment = { XDG_CONFIG_HOME: home, APPDATA: home };
    const folder = appDataDir(configFile, environment);
    mkdirSync(folder, { recursive: true });
    prepare(folder, path.join(parent, 'logs'));
    const app = await createApp({ configFile, environment });
    onTestFinished(() => app.close());
    const { checks } = await app.dispatch('doctor.run', { scope: 'local' }, { kind: 'window' });
    return { app, folder, found: (id: string) => checks.find((check) => check.id === id) };
  }

  test.each(['usage.json', 'key-labels.json', 'auto-off.json'])('%s is set aside and said', async (name) => {
    for (const make of [
      (file: string) => mkdirSync(file),
      (file: string) => execFileSync('mkfifo', [file]),
      (file: string) => writeFileSync(file, '{"a":'),
    ]) {
      const { app, folder, found } = await startWith((data) => make(path.join(data, name)));
      expect(found('app-data')).toMatchObject({ result: 'warning', finding: { name: 'setAside' } });
      expect(readdirSync(folder)).toContainEqual(expect.stringMatching(new RegExp(`^${name}\\.\\d+\\.unreadable$`)));
      await app.dispatch('client-keys.label', { key: 'k', label: 'l' }, { kind: 'window' });
      await app.dispatch('usage-history.set', { keep: false }, { kind: 'window' });
      expect(await app.dispatch('usage-history.get', undefined, { kind: 'window' })).toEqual({
        keep: false,
        hours: [],
      });
    }
  });

  test('a file in place of the data folder does not keep the program from starting', async () => {
    const { app, found } = await startWith((folder) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    });
    expect(found('app-data')).toMatchObject({ result: 'warning', finding: { name: 'unreadable' } });
    await expect(app.dispatch('client-keys.label', { key: 'k', label: 'l' }, { kind: 'window' })).rejects.toMatchObject(
      { code: 'file_write_failed' },
    );
  });

  test('a file in place of the log folder does not keep the program from starting', async () => {
    const { found } = await startWith((_, logs) => writeFileSync(logs, ''));
    expect(found('log-folder')).toMatchObject({ result: 'failed' });
  });

  test('temporary files of killed programs are removed', async () => {
    const gone = '999999-0a1b2c3d.tmp';
    const { folder } = await startWith((data) => {
      mkdirSync(path.join(data, 'config-history'));
      writeFileSync(path.join(data, `.key-labels.json.${gone}`), '{}');
      writeFileSync(path.join(data, 'config-history', `.00000001-1764000000000-http.yaml.${gone}`), 'api-keys: [k]');
    });
    const names = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(gone));
    expect(names).toEqual([]);
  });

  test('a damaged history is set aside, said by the doctor and told', async () => {
    const home = tempFolder();
    const parent = tempFolder();
    const configFile = path.join(parent, 'config.yaml');
    writeFileSync(configFile, `auth-dir: ${JSON.stringify(parent)}\nport: 0\n`);
    const environment = { XDG_CONFIG_HOME: home, APPDATA: home };
    const userDir = appDir({ platform: process.platform, env: environment, home });
    const history = databaseFile(configFile, userDir);
    mkdirSync(path.dirname(history), { recursive: true });
    writeFileSync(history, 'no database at all'.repeat(100));
    const app = await createApp({ configFile, environment });
    onTestFinished(() => app.close());
    const check = async () =>
      (await app.dispatch('doctor.run', { scope: 'local' }, { kind: 'window' })).checks.find(
        ({ id }) => id === 'history',
      );
    await expect.poll(check).toMatchObject({ result: 'warning', finding: { name: 'setAside' } });
  });

  test('a history that cannot be kept is said by the doctor and told', async () => {
    const home = tempFolder();
    const parent = tempFolder();
    const configFile = path.join(parent, 'config.yaml');
    writeFileSync(configFile, `auth-dir: ${JSON.stringify(parent)}\nport: 0\n`);
    const environment = { XDG_CONFIG_HOME: home, APPDATA: home };
    const app = await createApp({ configFile, environment });
    onTestFinished(() => app.close());
    const told: unknown[] = [];
    app.onEvent((event) => event.event === 'notice' && told.push(event.type));
    const folder = path.dirname(
      databaseFile(configFile, appDir({ platform: process.platform, env: environment, home })),
    );
    await expect.poll(() => readdirSync(path.dirname(folder))).toContain('history');
    await app.dispatch('requests.clear', undefined, { kind: 'window' });
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file in place of the folder');
    const check = async () => {
      await app.dispatch('costs.get', { by: 'model' }, { kind: 'window' }).catch(() => {});
      await app.dispatch('requests.clear', undefined, { kind: 'window' }).catch(() => {});
      const { checks } = await app.dispatch('doctor.run', { scope: 'local' }, { kind: 'window' });
      return checks.find(({ id }) => id === 'history');
    };
    await expect
      .poll(check, { timeout: 20_000 })
      .toMatchObject({ result: 'failed', finding: { name: 'historyUnavailable' } });
    expect(told).toContain('history-unavailable');
  });
});
