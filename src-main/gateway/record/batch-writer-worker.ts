// Runs in a worker thread: to create and to name a small file costs as much time as to serve a small request.
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { writeAtomicallyAtOnce } from '../../core/atomic-file.ts';
import { makeFolder } from '../../core/make-folder.ts';

/** Files one behind the other. */
export interface FileBatch {
  readonly targets: readonly string[];
  /** Where each ends in `bytes`. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** A file that could not be written; nothing of it is left. */
export interface FileFault {
  /** In the batch, from 0. */
  readonly index: number;
  /** Of the system error. */
  readonly code: string | undefined;
  readonly message: string;
}

function write(target: string, bytes: Uint8Array): void {
  try {
    writeAtomicallyAtOnce(target, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeFolder(path.dirname(target));
    writeAtomicallyAtOnce(target, bytes);
  }
}

parentPort?.on('message', ({ targets, ends, bytes }: FileBatch) => {
  const faults: FileFault[] = [];
  for (const [index, target] of targets.entries()) {
    try {
      write(target, bytes.subarray(ends[index - 1] ?? 0, ends[index]));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      faults.push({ index, code, message });
    }
  }
  parentPort?.postMessage(faults);
});
