// Electron's `app`: life cycle, one instance per user data folder, paths.
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as Electron from 'electron';
import { strict, violation } from './strict.ts';

type Parts = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'getLocale'
  | 'getAppPath'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'setAppUserModelId'
>;

/** A session's work that has to be undone before the process ends. */
export const endings: (() => unknown)[] = [];
/** Called for every window at quit; false when one refuses to close. */
export const closeAllWindows = { run: (): boolean => true };

/** The program's main file: Node is told of it. A packaged Electron app has only its own arguments. */
const mainFile = process.argv[1] ?? '';
const isPackaged = process.env.STAND_IN_PACKAGED === '1';
if (isPackaged) process.argv.splice(1, 1);

class StandInApp extends EventEmitter implements Parts {
  readonly isPackaged = isPackaged;
  readonly dock = undefined;
  readonly #ready: Promise<void>;
  #isReady = false;
  #name = 'Electron';
  #lock: Server | undefined;
  #releaseLock = () => {};
  readonly #paths = new Map<string, string>();
  #loginItem = { openAtLogin: false };
  /** Electron's own loop; the process lives until `quit` or `exit`. */
  readonly #loop = setInterval(() => {}, 60_000);

  constructor() {
    super();
    this.#ready = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#isReady = true;
      this.emit('ready', {}, {});
    });
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** Electron decides this synchronously; here a lock folder does, and a socket carries the arguments. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const lock = path.join(folder, 'SingletonLock');
    const socket = path.join(
      os.tmpdir(),
      `stand-in-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}.sock`,
    );
    try {
      mkdirSync(lock);
    } catch {
      const delivered = deliver(socket, JSON.stringify(process.argv));
      endings.push(() => delivered);
      return false;
    }
    this.#releaseLock = () => {
      this.#lock?.close();
      rmSync(lock, { recursive: true, force: true });
      rmSync(socket, { force: true });
    };
    endings.push(() => this.#releaseLock());
    rmSync(socket, { force: true });
    this.#lock = createServer((connection) => {
      let text = '';
      connection.on('data', (chunk) => {
        text += chunk;
      });
      // Electron keeps starts during its own start until it is ready.
      connection.on('end', () => {
        void this.#ready.then(() => this.emit('second-instance', {}, JSON.parse(text), process.cwd(), null));
      });
    }).listen(socket);
    this.#lock.unref();
    return true;
  }

  releaseSingleInstanceLock(): void {
    this.#releaseLock();
  }

  quit(): void {
    setImmediate(() => {
      if (!this.#tell('before-quit') || !closeAllWindows.run()) return;
      if (!this.#tell('will-quit')) return;
      this.emit('quit', {}, 0);
      this.exit(0);
    });
  }

  exit(code = 0): void {
    clearInterval(this.#loop);
    void Promise.allSettled(endings.map(async (end) => end())).then(() => process.exit(code));
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const home = os.homedir();
    const config = process.env.XDG_CONFIG_HOME ?? path.join(home, '.config');
    const usual: Partial<Record<string, string>> = {
      home,
      appData: config,
      userData: path.join(config, this.#name),
      documents: path.join(home, 'Documents'),
      temp: os.tmpdir(),
      exe: process.execPath,
    };
    return this.#paths.get(name) ?? usual[name] ?? violation(`app.getPath('${name}') is unknown`);
  }

  setPath(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) violation('app.setPath wants an absolute path');
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      violation(`app.setPath('${name}') of a folder that does not exist`);
    }
    if (this.#isReady && name === 'sessionData') violation('sessionData cannot be moved after ready');
    this.#paths.set(name, folder);
  }

  getVersion(): string {
    return '0.1.0';
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getLocale(): string {
    if (!this.#isReady) violation('app.getLocale before ready');
    return process.env.STAND_IN_LOCALE ?? 'en-US';
  }

  getAppPath(): string {
    return path.dirname(mainFile);
  }

  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  setAppUserModelId(): void {}

  setLoginItemSettings({ openAtLogin = false }: Electron.Settings): void {
    this.#loginItem = { openAtLogin };
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    const none = { openAsHidden: false, wasOpenedAtLogin: false, wasOpenedAsHidden: false, restoreState: false };
    return {
      ...none,
      ...this.#loginItem,
      status: 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    };
  }

  /** Tells of an event that listeners may prevent; whether nobody did. */
  #tell(event: string): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault: () => {
        prevented = true;
      },
    });
    return !prevented;
  }
}

/** Sends the arguments of a second start to the running program, which may not listen yet. */
async function deliver(socket: string, text: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isDelivered = await new Promise<boolean>((resolve) => {
      const other = connect(socket, () => other.end(text));
      other.on('error', () => resolve(false));
      other.on('finish', () => resolve(true));
    });
    if (isDelivered) return;
    await delay(20);
  }
}

// Electron's process knows where the package's resources are.
Object.assign(process, { resourcesPath: path.join(path.dirname(mainFile), 'resources') });

export const app = strict('app', new StandInApp());
