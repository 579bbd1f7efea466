// The thread that has the database, as the rest of the program speaks to it.
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { workerFile } from '../../lib/worker-file.ts';
import { StorageUnavailable } from '../storage.ts';
import type { CommandInput, CommandName, CommandResult } from './commands.ts';
import type { Order, Report } from './sqlite-worker.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface SqliteThreadOptions {
  readonly file: string;
  /** Told why nothing can be stored, or undefined once it can. */
  readonly onState: (reason: string | undefined) => void;
  /** Told the new name of a damaged file. */
  readonly onSetAside: (file: string) => void;
}

export class SqliteThread {
  readonly #options: SqliteThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #number = 0;
  #isClosed = false;

  constructor(options: SqliteThreadOptions) {
    this.#options = options;
  }

  /** Opens the file before there is something to do. */
  open(): void {
    this.#send('open', undefined).catch(() => {});
  }

  /** Rejects with `StorageUnavailable`. */
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>> {
    return this.#send(name, input) as Promise<CommandResult<N>>;
  }

  /** What was asked before is done first. */
  async close(): Promise<void> {
    if (this.#worker !== undefined) await this.#send('close', undefined).catch(() => {});
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #send(name: Order['name'], input: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new StorageUnavailable('The program is shutting down.'));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker.postMessage({ number, name, input } satisfies Order);
    });
  }

  #start(): Worker {
    const location = { name: 'sqlite-worker', nextTo: import.meta.url };
    const worker = new Worker(workerFile(location), {
      name: location.name,
      execArgv: [],
      // For the zone of local days, which the config may change.
      env: SHARE_ENV,
      workerData: { file: this.#options.file },
    });
    worker.on('message', (message: Report) => this.#receive(message));
    worker.on('error', (error: Error) => this.#lose(worker, error.message));
    worker.on('exit', () => this.#lose(worker, 'the thread of the database ended'));
    // A listener keeps the process alive, whatever was said before.
    worker.unref();
    return worker;
  }

  #receive(message: Report): void {
    if ('setAside' in message) {
      this.#options.onSetAside(message.setAside);
      return;
    }
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if ('failure' in message) {
      this.#options.onState(message.failure);
      waiting?.reject(new StorageUnavailable(message.failure));
    } else {
      this.#options.onState(undefined);
      waiting?.resolve(message.result);
    }
  }

  #lose(worker: Worker, reason: string): void {
    if (this.#worker === worker) this.#worker = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    if (lost.length > 0 && !this.#isClosed) this.#options.onState(reason);
    for (const { reject } of lost) reject(new StorageUnavailable(reason));
  }
}
