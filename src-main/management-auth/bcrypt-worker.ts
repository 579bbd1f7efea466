// Runs in a worker thread: bcrypt in JavaScript would block the main thread for tens of milliseconds.
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { compareSync, hashSync } from 'bcryptjs';

export type BcryptTask =
  | { readonly kind: 'compare'; readonly plain: string; readonly hash: string }
  | { readonly kind: 'hash'; readonly plain: string; readonly cost: number };

/** The result of one task: whether the key matches, or the new hash. */
export type BcryptResult = boolean | string;

// Requests take precedence over key checks. On Linux this affects the calling thread, elsewhere the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (task: BcryptTask) => {
  const result: BcryptResult =
    task.kind === 'compare' ? compareSync(task.plain, task.hash) : hashSync(task.plain, task.cost);
  parentPort?.postMessage(result);
});
