// Starts the built desktop app on the stand-in for Electron, in a home folder of its own, and is the person before it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Hands } from './electron/control.ts';
import { tempFolder } from './temp-folder.ts';
import { managementHash } from './test-app.ts';

const root = path.resolve(import.meta.dirname, '../..');
const register = path.join(import.meta.dirname, 'electron/register.ts');

export interface DesktopSetup {
  /** YAML below the lines that every test needs; `undefined` is a first run without a config. */
  readonly config?: string | undefined;
  /** 0 is a random one. */
  readonly port?: number;
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Modules to load before the program, such as fake providers. */
  readonly imports?: readonly string[];
  readonly main?: string;
  /** Whether the desktop shows tray icons. */
  readonly trayHost?: boolean;
}

export interface Desktop extends Hands {
  readonly home: string;
  readonly configFile: string;
  readonly readConfig: () => string;
  readonly exit: Promise<number | null>;
  readonly output: () => string;
  /** Base address of the running server. */
  readonly address: () => Promise<string>;
  /** Calls the management API. */
  readonly api: (method: string, target: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Not the page's address but the window's: where in the page it stands. */
  readonly place: () => Promise<string>;
}

/** A `dbus-send` that says whether there is somebody who shows tray icons. */
function fakeBus(home: string, trayHost: boolean): string {
  const folder = path.join(home, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const name of ['dbus-send', 'gdbus']) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho "boolean ${trayHost}"\n`, { mode: 0o755 });
  }
  return folder;
}

/** Where the config of a prepared home is. */
export const configOf = (home: string): string => path.join(home, '.config', 'cli-proxy-desktop', 'config.yaml');

export function prepareHome(config: string | undefined, port = 0): string {
  const home = tempFolder();
  const file = configOf(home);
  mkdirSync(path.dirname(file), { recursive: true });
  const accounts = path.join(home, 'accounts');
  if (config !== undefined) {
    writeFileSync(
      file,
      `port: ${port}\nauth-dir: ${accounts}\nremote-management:\n  secret-key: ${managementHash}\n${config}`,
    );
  }
  return home;
}

export function startDesktop(setup: DesktopSetup = {}): Desktop {
  const home = setup.home ?? prepareHome('config' in setup ? setup.config : '', setup.port);
  const bus = fakeBus(home, setup.trayHost ?? true);
  const imports = [register, ...(setup.imports ?? [])].flatMap((file) => ['--import', file]);
  const { XDG_CONFIG_HOME: _, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [...imports, setup.main ?? path.join(root, 'out', 'main.js'), ...(setup.args ?? [])],
    {
      env: { ...inherited, HOME: home, PATH: `${bus}:${process.env.PATH}`, NODE_NO_WARNINGS: '1', ...setup.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const order = orders(child, () => output);
  onTestFinished(async () => {
    if (child.exitCode === null && child.connected) {
      const violations = await order('violations', []).catch(() => []);
      child.kill('SIGKILL');
      await exit;
      expect(violations).toEqual([]);
    }
  });

  const configFile = configOf(home);
  const hands = new Proxy({} as Hands, {
    get: (_target, deed) => (typeof deed === 'string' ? (...args: unknown[]) => order(deed, args) : undefined),
  });
  const address = async () => {
    const menu = await until(
      async () => (await hands.tray())?.menu[0]?.label,
      (label) => /Running|运行中/.test(label ?? ''),
    );
    return `http://${/[\d.]+:\d+/.exec(menu ?? '')?.[0]}`;
  };
  const own = {
    home,
    configFile,
    readConfig: () => readFileSync(configFile, 'utf8'),
    exit,
    output: () => output,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    address,
    place: async () => (await hands.address())?.split('#/')[1] ?? '',
    api: async (method: string, target: string, body?: unknown) => {
      const answer = await fetch(`${await address()}/v0/management${target}`, {
        method,
        headers: { 'x-management-key': 'mgmt-secret', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
  };
  return new Proxy(own as Desktop, {
    get: (target, name) =>
      name in target ? Reflect.get(target, name) : name === 'then' ? undefined : Reflect.get(hands, name),
  });
}

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

function orders(child: ChildProcess, output: () => string) {
  let last = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  child.on('message', (message) => {
    const { id, value, error } = message as Answer;
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(error));
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the desktop app ended: ${output()}`));
  });
  return (deed: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ id: last, deed, args }, (error) => error && reject(new Error(`${error.message}: ${output()}`)));
    });
}

/** Asks again until the answer is right; the last answer is in the error. */
export async function until<T>(ask: () => Promise<T> | T, isRight: (answer: T) => boolean, ms = 60_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(answer)} after ${ms} ms`);
    await sleep(20);
  }
}
