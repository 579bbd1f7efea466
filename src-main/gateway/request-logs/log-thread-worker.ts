// Runs in a worker thread: to create and to name a small file costs as much time as to serve a small request.
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { writeAtomicallySync } from '../../lib/files/atomic-file.ts';
import { mkdirp } from '../../lib/files/mkdirp.ts';
import { LogRemover, type Pruned, type PruneOrder } from './log-remover.ts';

/** Files one behind the other. */
export interface FileBatch {
  readonly kind: 'write';
  readonly targets: readonly string[];
  /** Where each ends in `bytes`. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** A system error, as it crosses threads. */
export interface SystemError {
  readonly code: string | undefined;
  readonly message: string;
}

export type LogTask = FileBatch | PruneOrder;

/** For each file of a batch why it could not be written, of which nothing is left then. */
export type Written = readonly (SystemError | undefined)[];
export type LogResult = Written | Pruned | { readonly error: SystemError };

const errorOf = (error: unknown): SystemError => {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code, message };
};

function write(target: string, bytes: Uint8Array): SystemError | undefined {
  try {
    writeInFolder(target, bytes);
    return undefined;
  } catch (error) {
    return errorOf(error);
  }
}

function writeInFolder(target: string, bytes: Uint8Array): void {
  try {
    writeAtomicallySync(target, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirp(path.dirname(target));
    writeAtomicallySync(target, bytes);
  }
}

const writeBatch = ({ targets, ends, bytes }: FileBatch): Written =>
  targets.map((target, index) => write(target, bytes.subarray(ends[index - 1] ?? 0, ends[index])));

const remover = new LogRemover();

function resultOf(task: LogTask): LogResult {
  if (task.kind === 'write') return writeBatch(task);
  try {
    return remover.step(task);
  } catch (error) {
    return { error: errorOf(error) };
  }
}

parentPort?.on('message', (task: LogTask) => parentPort?.postMessage(resultOf(task)));
