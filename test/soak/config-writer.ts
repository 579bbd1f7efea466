// What the long tests of the config file drive: the bare store, or the whole server through its API.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Config } from '../../src-shared/config.ts';
import type { StoreAnswer, StoreRequest } from '../support/store-process.ts';

export interface ConfigWriter {
  /** Sets `request-retry`; resolves when the write is answered. */
  setRetry(value: number): Promise<void>;
  /** Adds to `api-keys`; resolves when the write is answered. */
  addKey(key: string): Promise<void>;
  /** Empties `api-keys`. */
  clearKeys(): Promise<void>;
  /** What the program says is in force. */
  inForce(): Promise<Pick<Config, 'request-retry' | 'max-retry-interval' | 'api-keys'>>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it in the ordinary way. */
  close(): Promise<void>;
}

/** Starts the program on a config file; resolves when it accepts writes. */
export type StartWriter = (file: string) => Promise<ConfigWriter>;

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A {@link ConfigWriter} with the store in a child process, and the rest of what the store can do. */
export class StoreProcess implements ConfigWriter {
  readonly child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  #last = 0;

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (answer: StoreAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('error' in answer) waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
      else waiting?.resolve(answer.value);
    });
    child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the process has ended'));
      this.#waiting.clear();
    });
  }

  /** `limits` are shell commands run before, such as `ulimit -f 0`. */
  static async start(file: string, limits = ':'): Promise<StoreProcess> {
    const script = path.join(import.meta.dirname, '../support/store-process.ts');
    const child = spawn('sh', ['-c', `${limits}; exec "$0" "$@"`, process.execPath, script, file], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const self = new StoreProcess(child);
    await new Promise((resolve, reject) => self.#waiting.set(0, { resolve, reject }));
    return self;
  }

  send(request: Unnumbered<StoreRequest>): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.child.send({ ...request, id }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  async setRetry(value: number): Promise<void> {
    await this.send({ do: 'edit', edits: [{ path: ['request-retry'], value }] });
  }

  async addKey(key: string): Promise<void> {
    await this.send({ do: 'add-key', key });
  }

  async clearKeys(): Promise<void> {
    await this.send({ do: 'edit', edits: [{ path: ['api-keys'], value: [] }] });
  }

  async inForce(): Promise<Config> {
    return (await this.send({ do: 'config' })) as Config;
  }

  async kill(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  async close(): Promise<void> {
    const exit = once(this.child, 'exit');
    await this.send({ do: 'close' });
    await exit;
  }
}
