// Runs in a worker thread: bcrypt in JavaScript would block the main thread for tens of milliseconds.
import { parentPort } from 'node:worker_threads';
import { compareSync, hashSync } from 'bcryptjs';

export type BcryptTask =
  | { readonly kind: 'compare'; readonly plain: string; readonly hash: string }
  | { readonly kind: 'hash'; readonly plain: string; readonly cost: number };

/** The answer to one task: whether the key matches, or the new hash. */
export type BcryptResult = boolean | string;

parentPort?.on('message', (task: BcryptTask) => {
  const result: BcryptResult =
    task.kind === 'compare' ? compareSync(task.plain, task.hash) : hashSync(task.plain, task.cost);
  parentPort?.postMessage(result);
});
