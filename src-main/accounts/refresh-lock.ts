// One refresh per token at a time, whichever program or instance does it.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { LockTimeout, withLock } from '../lib/files/file-lock.ts';

/** Milliseconds to wait for another program that refreshes the same token; its requests end earlier. */
export const lockTimeoutMs = 90_000;

/** Another instance was refused with the same token, so that it is not sent again. */
export class RefusedElsewhere extends Error {
  override readonly name = 'RefusedElsewhere';
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

export interface LockOptions {
  readonly signal: AbortSignal;
  /** What others learn of an error of the task, so that they do not ask the same; undefined: nothing. */
  readonly refusalOf: (error: unknown) => { readonly message: string; readonly isFinal: boolean } | undefined;
}

export interface RefreshLock {
  /**
   * Runs `task` alone for a refresh token. Throws what it throws, Problem `login_failed` when another one does not
   * finish, or RefusedElsewhere.
   */
  alone<T>(secret: string, task: () => Promise<T>, options: LockOptions): Promise<T>;
}

/** Between programs on one directory. The lock goes by the token, because copies of a file have the same one. */
export class DirectoryRefreshLock implements RefreshLock {
  readonly #directory: () => string;

  constructor(directory: () => string) {
    this.#directory = directory;
  }

  async alone<T>(secret: string, task: () => Promise<T>, { signal }: LockOptions): Promise<T> {
    // The name of the lock does not tell the token.
    const digest = createHash('sha256').update(secret).digest('hex').slice(0, 16);
    const file = path.join(this.#directory(), `.refresh-${digest}.lock`);
    try {
      return await withLock(file, task, { signal, timeoutMs: lockTimeoutMs });
    } catch (error) {
      throw error instanceof LockTimeout ? doesNotFinish(error) : error;
    }
  }
}

export const doesNotFinish = (cause?: unknown): Problem =>
  new Problem('login_failed', 'Another program refreshes this account and does not finish.', { cause });
