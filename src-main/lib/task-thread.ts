// A worker thread that runs one task at a time and ends while it is idle.
import { type Transferable, Worker } from 'node:worker_threads';
import type { Clock, Disposer } from './time/clock.ts';
import { type WorkerLocation, workerFile } from './worker-file.ts';

/** An idle thread costs some megabytes, a new one some tens of milliseconds. */
const idleMs = 3000;

interface Job<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that responds to each message, a task, with a message, the result. */
export class TaskThread<Task, Result> {
  readonly #location: WorkerLocation;
  readonly #clock: Clock;
  #worker: Worker | undefined;
  #job: Job<Result> | undefined;
  #stopIdle: Disposer = () => {};

  constructor(location: WorkerLocation, clock: Clock) {
    this.#location = location;
    this.#clock = clock;
  }

  get isAlive(): boolean {
    return this.#worker !== undefined;
  }

  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  /** Only while it is not busy. Rejects when the thread fails; the next task starts a new one. */
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
    this.#dropWorker(error);
    await worker?.terminate();
  }

  #start(): Worker {
    // Flags of the main thread, such as `--eval`, may make no sense for a file.
    const { name } = this.#location;
    const worker = new Worker(workerFile(this.#location), { name, execArgv: [] });
    const fail = (error: Error) => {
      if (this.#worker === worker) this.#dropWorker(error);
    };
    worker.on('message', (result: Result) => this.#done(worker, result));
    worker.on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => fail(new Error(`${name} ended unexpectedly (${code})`)));
    return worker;
  }

  #done(worker: Worker, result: Result): void {
    const job = this.#job;
    this.#job = undefined;
    worker.unref();
    this.#stopIdle = this.#clock.after(idleMs, () => void this.end(new Error(`${this.#location.name} was idle`)));
    job?.resolve(result);
  }

  #dropWorker(error: Error): void {
    const job = this.#job;
    this.#stopIdle();
    this.#worker = undefined;
    this.#job = undefined;
    job?.reject(error);
  }
}
