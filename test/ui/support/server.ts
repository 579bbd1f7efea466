// A server for the window's tests: the built program as a child process, or the app in this process behind a bridge.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type App, createApp } from '../../../src-main/app.ts';
import { createConfigIfMissing, type FirstKeys } from '../../../src-main/config/first-run.ts';
import { managementHash, managementKey } from '../../support/test-app.ts';

export { managementKey };

const root = path.resolve(import.meta.dirname, '../../..');
export const builtPage = path.join(root, 'out/renderer');

export interface ServerSetup {
  /** YAML below the lines that every test needs. */
  readonly config?: string;
  readonly accounts?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the log file holds already. */
  readonly log?: string;
  /** Starts without a config file, as on a new computer. */
  readonly firstRun?: boolean;
  /** Listens here; any free port otherwise. */
  readonly port?: number;
}

export interface TestServer {
  readonly address: string;
  readonly folder: string;
  readonly authDir: string;
  readonly configFile: string;
  /** Only of an app in this process. */
  readonly app?: App;
  /** Only of a first run. */
  readonly firstKeys?: FirstKeys;
  /** What the program printed to open the page signed in. Only of a program of its own. */
  readonly link?: string;
  /** Sends JSON to a path below the management prefix and reads JSON. */
  readonly api: <T = unknown>(method: string, target: string, body?: unknown) => Promise<T>;
  readonly config: () => string;
  readonly writeConfig: (text: string) => void;
  readonly accountNames: () => readonly string[];
  readonly account: (name: string) => Readonly<Record<string, unknown>>;
  readonly stop: () => Promise<void>;
}

export type TransportKind = 'http' | 'ipc';

function prepare({ config = '', accounts = {}, firstRun = false, port = 0, log }: ServerSetup) {
  const folder = mkdtempSync(path.join(tmpdir(), 'window-'));
  const authDir = path.join(folder, 'accounts');
  const configFile = path.join(folder, 'config.yaml');
  if (firstRun) return { folder, authDir: path.join(folder, 'xdg/cli-proxy-desktop/accounts'), configFile };
  mkdirSync(authDir);
  if (log !== undefined) {
    mkdirSync(path.join(folder, 'logs'));
    writeFileSync(path.join(folder, 'logs/main.log'), log);
  }
  for (const [name, content] of Object.entries(accounts)) writeFileSync(path.join(authDir, name), content);
  const head = [
    '# A comment that stays',
    `port: ${port}`,
    `auth-dir: ${JSON.stringify(authDir)}`,
    'remote-management:',
    `  secret-key: ${managementHash}`,
    '',
  ].join('\n');
  writeFileSync(configFile, head + config);
  return { folder, authDir, configFile };
}

type Prepared = ReturnType<typeof prepare>;

interface Started {
  readonly address: string;
  readonly firstKeys?: FirstKeys | undefined;
  readonly app?: App;
  readonly link?: string | undefined;
  readonly stop: () => Promise<void>;
}

const describeServer = (
  { folder, authDir, configFile }: Prepared,
  { address, firstKeys, app, link, stop }: Started,
): TestServer => ({
  ...(app && { app }),
  ...(firstKeys && { firstKeys }),
  ...(link !== undefined && { link }),
  address,
  folder,
  authDir,
  configFile,
  api: async <T>(method: string, target: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${address}/v0/management${target}`, {
      method,
      headers: {
        authorization: `Bearer ${firstKeys?.managementKey ?? managementKey}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  },
  config: () => readFileSync(configFile, 'utf8'),
  writeConfig: (text: string) => writeFileSync(configFile, text),
  accountNames: () => readdirSync(authDir).filter((name) => !name.startsWith('.')),
  account: (name: string) => JSON.parse(readFileSync(path.join(authDir, name), 'utf8')) as Record<string, unknown>,
  stop: async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

const own = (folder: string) => ({ HOME: folder, XDG_CONFIG_HOME: path.join(folder, 'xdg'), APPDATA: folder });

/** The built program, as its users start it. */
async function startProcess(setup: ServerSetup): Promise<TestServer> {
  const prepared = prepare(setup);
  const args = [path.join(root, 'out/headless.js'), '--config', prepared.configFile];
  if (setup.firstRun) args.push('--port', '0');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...own(prepared.folder), ...setup.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await output(child, setup.firstRun ? /client key +\S+\n/ : /address +http\S+\n/);
  const word = (name: string) => new RegExp(`${name} +(\\S+)`).exec(said)?.[1] ?? '';
  return describeServer(prepared, {
    address: word('address'),
    link: /https?:\S+#t=\S+/.exec(said)?.[0],
    ...(setup.firstRun && { firstKeys: { managementKey: word('management key'), clientKey: word('client key') } }),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  });
}

/** What the program says until `wanted` is among it. */
function output(child: ChildProcess, wanted: RegExp): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer) => {
      said += chunk.toString();
      if (wanted.test(said)) resolve(said);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('close', () => reject(new Error(`the server ended: ${said}`)));
  });
}

/** The same app in this process, for a window that calls it over the bridge. */
async function startInProcess(setup: ServerSetup): Promise<TestServer> {
  const prepared = prepare(setup);
  const environment = { ...own(prepared.folder), ...setup.environment };
  const { configFile, authDir } = prepared;
  const firstKeys = setup.firstRun ? await createConfigIfMissing(configFile, path.dirname(authDir)) : undefined;
  const app = await createApp({
    configFile,
    environment,
    pageFolder: pathToFileURL(`${builtPage}/`),
    ...(setup.firstRun && { port: 0 }),
  });
  await app.server.start();
  return describeServer(prepared, { address: app.server.status.address, firstKeys, app, stop: () => app.close() });
}

export const startServer = (kind: TransportKind, setup: ServerSetup = {}): Promise<TestServer> =>
  kind === 'http' ? startProcess(setup) : startInProcess(setup);
