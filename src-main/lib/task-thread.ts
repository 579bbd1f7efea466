// A thread that does one task at a time, off the main thread, and is gone again while nobody asks.
import { type Transferable, Worker } from 'node:worker_threads';
import type { Clock, Disposer } from './time/clock.ts';

/** An idle thread costs some megabytes, a new one some tens of milliseconds. */
const idleMs = 3000;

/** As source it lies beside its user, built it is one of the entries. */
function workerFile({ name, beside }: WorkerPlace): URL {
  if (beside.endsWith('.ts')) return new URL(`./${name}.ts`, beside);
  // A bundler may have put the module into a chunk, one folder below the entries.
  const folder = /\/chunks\/[^/]+$/.test(beside) ? '..' : '.';
  return new URL(`${folder}/${name}.js`, beside);
}

export interface WorkerPlace {
  /** Of the file, without its ending. It answers each message with a task by one with the result. */
  readonly name: string;
  /** `import.meta.url` of the module in the same folder that uses it. */
  readonly beside: string;
}

interface Job<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

export class TaskThread<Task, Result> {
  readonly #place: WorkerPlace;
  readonly #clock: Clock;
  #worker: Worker | undefined;
  #job: Job<Result> | undefined;
  #stopIdle: Disposer = () => {};

  constructor(place: WorkerPlace, clock: Clock) {
    this.#place = place;
    this.#clock = clock;
  }

  get isAlive(): boolean {
    return this.#worker !== undefined;
  }

  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  /** Only while it is not busy. Rejects when the thread fails; the next task has a new one. */
  run(task: Task, transfer: readonly Transferable[] = []): Promise<Result> {
    this.#stopIdle();
    return new Promise((resolve, reject) => {
      this.#job = { resolve, reject };
      this.#worker ??= this.#start();
      const worker = this.#worker;
      // Only a running task may keep the process alive.
      worker.ref();
      worker.postMessage(task, transfer);
    });
  }

  /** Stops the thread; a running task is rejected with the error. */
  async end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#lost(error);
    await worker?.terminate();
  }

  #start(): Worker {
    // Flags of the main thread, such as `--eval`, need not make sense for a file.
    const { name } = this.#place;
    const worker = new Worker(workerFile(this.#place), { name, execArgv: [] });
    const lost = (error: Error) => {
      if (this.#worker === worker) this.#lost(error);
    };
    worker.on('message', (result: Result) => this.#done(worker, result));
    worker.on('error', (error: unknown) => lost(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => lost(new Error(`${name} ended unexpectedly (${code})`)));
    return worker;
  }

  #done(worker: Worker, result: Result): void {
    const job = this.#job;
    this.#job = undefined;
    worker.unref();
    this.#stopIdle = this.#clock.after(idleMs, () => void this.end(new Error(`${this.#place.name} was idle`)));
    job?.resolve(result);
  }

  #lost(error: Error): void {
    const job = this.#job;
    this.#stopIdle();
    this.#worker = undefined;
    this.#job = undefined;
    job?.reject(error);
  }
}
