// The built program as its users start it: options, first run, signals, refusals.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appDataDir } from '../src-main/config/app-data-dir.ts';
import { historyDir } from '../src-main/config/config-history.ts';
import { tempFolder } from './support/temp-folder.ts';
import { managementHash, managementKey } from './support/test-app.ts';

const headless = path.resolve(import.meta.dirname, '../out/headless.js');

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly exit: Promise<number | null>;
  /** Resolves when the output so far matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

const running = new Set<ChildProcess>();

function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  user: { readonly uid?: number; readonly gid?: number } = {},
): Run {
  const child = spawn(process.execPath, [headless, ...args], {
    ...user,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: path.join(folder, 'xdg'), ...env },
  });
  running.add(child);
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  void exit.then(() => running.delete(child));
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(out);
        if (found) resolve(found);
      };
      look();
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`ended without saying ${pattern}: ${out}${error}`)));
    });
  return { child, out: () => out, error: () => error, exit, says };
}

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }
});

const address = /address\s+(http:\S+)/;

function configFile(extra = ''): string {
  const file = path.join(folder, 'config.yaml');
  writeFileSync(
    file,
    `port: 0\nauth-dir: ${path.join(folder, 'accounts')}\nremote-management:\n  secret-key: ${managementHash}\n${extra}`,
  );
  return file;
}

test.skipIf(process.platform === 'win32')('the program ends although a pipe stands in place of its log', async () => {
  const file = configFile('logging-to-file: true\n');
  mkdirSync(path.join(folder, 'logs'));
  execFileSync('mkfifo', [path.join(folder, 'logs', 'main.log')]);
  const server = run(['--config', file]);
  const [, base] = await server.says(address);
  await fetch(`${base}/healthz`);
  server.child.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.error()).toMatch(/the log cannot be written: .*main\.log/);
});

test.skipIf(process.platform === 'win32')(
  'a system call that never returns ends with the program, in words',
  async () => {
    const file = configFile();
    const history = historyDir(file, { XDG_CONFIG_HOME: path.join(folder, 'xdg') });
    mkdirSync(history, { recursive: true });
    // Reading a pipe that nobody writes to hangs as a disk does that does not respond.
    execFileSync('mkfifo', [path.join(history, '00000001-1764000000000-disk.yaml')]);
    const server = run(['--config', file]);
    await server.says(address);
    server.child.kill('SIGTERM');
    await server.exit;
    expect(server.child.signalCode).toBe('SIGKILL');
    expect(server.error()).toContain('did not end within 10 s and is ended by force: the data folder hangs');
  },
);

// Somebody else's file cannot be read; only root can start a program as another user.
test.runIf(process.getuid?.() === 0)(
  'files and folders of another user do not keep the program from starting',
  async () => {
    const file = configFile();
    const environment = { XDG_CONFIG_HOME: path.join(folder, 'xdg') };
    const data = appDataDir(file, environment);
    mkdirSync(data, { recursive: true });
    mkdirSync(path.join(folder, 'logs'));
    for (const name of ['usage.json', 'key-labels.json']) writeFileSync(path.join(data, name), '{}', { mode: 0o600 });
    const nobody = { uid: 65_534, gid: 65_534 };
    const own = [folder, file, path.join(folder, 'xdg')];
    for (const place of own) chownSync(place, nobody.uid, nobody.gid);
    chmodSync(path.join(folder, 'logs'), 0o700);
    chmodSync(data, 0o700);
    const server = run(['--config', file], {}, nobody);
    const [, base] = await server.says(address);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    expect(server.error()).toMatch(/usage\.json cannot be read: .*EACCES\); the program does without it/);
    expect(server.error()).toContain('key-labels.json cannot be read');
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
  },
);

test('a first run creates a private config and shows its keys once', async () => {
  const file = path.join(folder, 'new', 'config.yaml');
  const first = run(['--config', file, '--port', '0']);
  const [, key = ''] = await first.says(/management key\s+(\S+)/);
  const [, base] = address.exec(first.out()) ?? [];
  const answer = await fetch(`${base}/v0/management/debug`, { headers: { authorization: `Bearer ${key}` } });
  expect(await answer.json()).toEqual({ debug: false });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  expect(existsSync(path.join(folder, '.cli-proxy-api'))).toBe(false);
  first.child.kill('SIGTERM');
  expect(await first.exit).toBe(0);

  const second = run(['--config', file, '--port', '0']);
  await second.says(address);
  second.child.kill('SIGTERM');
  await second.exit;
  expect(second.out()).not.toContain('management key');
});

test('a first run that cannot listen shows its keys all the same, since its file has only their hash', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const first = run(['--config', path.join(folder, 'new', 'config.yaml'), '--port', String(port)]);
  expect(await first.exit).toBe(1);
  taken.close();
  expect(first.error()).toContain(String(port));
  expect(first.out()).toMatch(/management key\s+\S+/);
});

test('without --config the file is the one that $CLI_PROXY_CONFIG names, else one in the user folder', async () => {
  const file = configFile();
  const named = run(['--port', '0'], { CLI_PROXY_CONFIG: file });
  await named.says(/config\s+\S+/);
  expect(named.out()).toContain(file);
  const own = run(['--port', '0']);
  const [, shown] = await own.says(/config\s+(\S+)/);
  if (process.platform === 'linux') expect(shown).toBe(path.join(folder, 'xdg', 'cli-proxy-desktop', 'config.yaml'));
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with exit code 0', async (signal) => {
  const server = run(['--config', configFile()]);
  await server.says(address);
  server.child.kill(signal);
  expect(await server.exit).toBe(0);
});

test('with --drain-seconds it serves on after the signal, not ready for more; a second signal ends it', async () => {
  const server = run(['--config', configFile(), '--drain-seconds', '600']);
  const [, base] = await server.says(address);
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
  server.child.kill('SIGTERM');
  await expect.poll(async () => (await fetch(`${base}/readyz`)).status).toBe(503);
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  const models = await fetch(`${base}/v1/models`);
  expect(models.status).not.toBe(503);
  server.child.kill('SIGTERM');
  expect(await server.exit).toBe(0);
});

test('the wait of --drain-seconds ends by itself', async () => {
  const server = run(['--config', configFile(), '--drain-seconds', '0.2']);
  await server.says(address);
  server.child.kill('SIGTERM');
  expect(await server.exit).toBe(0);
});

test('a write that is under way is finished before it ends', async () => {
  const file = configFile();
  const server = run(['--config', file]);
  const [, base] = await server.says(address);
  const put = fetch(`${base}/v0/management/request-retry`, {
    method: 'PUT',
    headers: { 'x-management-key': managementKey },
    body: '{"value":7}',
  });
  server.child.kill('SIGTERM');
  const answered = await put.then(
    (answer) => answer.status,
    () => undefined,
  );
  expect(await server.exit).toBe(0);
  if (answered === 200) expect(readFileSync(file, 'utf8')).toContain('request-retry: 7');
});

test('a busy port ends it with one plain sentence and exit code 1', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as { readonly port: number };
  const server = run(['--config', configFile(), '--port', String(port)]);
  expect(await server.exit).toBe(1);
  expect(server.error()).toMatch(new RegExp(`^Port ${port} .*\\n$`));
  blocker.close();
});

test('an invalid config ends it with the place of the error and exit code 1', async () => {
  const server = run(['--config', configFile('debug: [\n')]);
  expect(await server.exit).toBe(1);
  expect(server.error()).toMatch(/^[^\n]*line \d+, column \d+[^\n]*\n$/);
});

test('an unreadable config ends it with exit code 1', async () => {
  const server = run(['--config', folder]);
  expect(await server.exit).toBe(1);
  expect(server.error().trim().split('\n')).toHaveLength(1);
});

test.each([
  ['--unknown'],
  ['--port', 'abc'],
  ['--port', '70000'],
  ['--drain-seconds', '-1'],
  ['--drain-seconds', 'x'],
  ['stray'],
])('usage errors end it with exit code 2: %s %s', async (...args) => {
  const server = run(args);
  expect(await server.exit).toBe(2);
  expect(server.error()).toContain('--help');
});

test('--version and --help answer and end', async () => {
  const version = run(['--version']);
  expect(await version.exit).toBe(0);
  expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = run(['--help']);
  expect(await help.exit).toBe(0);
  expect(help.out()).toContain('--config FILE');
});

test('both loopback addresses are served', async () => {
  const server = run(['--config', configFile()]);
  const [, base = ''] = await server.says(address);
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    const answer = await fetch(`${base.replace('127.0.0.1', name)}/healthz`);
    expect(await answer.json()).toEqual({ status: 'ok' });
  }
});

test('a plain-text management key works at once and is hashed in the file', async () => {
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, `port: 0\nauth-dir: ${folder}/a\nremote-management:\n  secret-key: plain-one # mine\n`);
  const server = run(['--config', file]);
  const [, base] = await server.says(address);
  const answer = await fetch(`${base}/v0/management/debug`, { headers: { 'x-management-key': 'plain-one' } });
  expect(answer.status).toBe(200);
  expect(readFileSync(file, 'utf8')).toMatch(/secret-key: "?\$2[ab]\$10\$.{53}"? # mine\n/);
});

test('an older Node is told which one is needed', async () => {
  const older = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
  const started = run(['--version'], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(older)}` });
  expect(await started.exit).toBe(1);
  expect(started.error()).toBe('cli-proxy-desktop needs Node 24 or newer; this is Node 20.20.2.\n');
});

test('the page is served', async () => {
  const { says } = run(['--port', '0']);
  const [, address] = await says(/address {2}(\S+)\n/);
  const page = await fetch(`${address}/management.html`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
});
