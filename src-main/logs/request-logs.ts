// The logs of single requests, which the gateway writes to the log directory.
import { constants, lstatSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { fileErrorSentence, isAbsent } from '../lib/files/file-errors.ts';
import { isInFolder } from '../lib/files/file-name.ts';

export interface RequestLogFile {
  readonly name: string;
  readonly size: number;
  /** Seconds since the epoch. */
  readonly modified: number;
}

const errorName = /^error-.*\.log$/;

export class RequestLogs {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Logs of failed requests, newest first. Throws Problem `file_read_failed`. */
  async listErrors(): Promise<readonly RequestLogFile[]> {
    return this.#names()
      .filter((name) => errorName.test(name))
      .flatMap((name) => {
        const stat = lstatSync(path.join(this.#directory, name), { throwIfNoEntry: false });
        return stat?.isFile() ? [{ name, size: stat.size, modified: Math.floor(stat.mtimeMs / 1_000) }] : [];
      })
      .sort((a, b) => b.modified - a.modified || (a.name < b.name ? -1 : 1));
  }

  /** Throws Problem `invalid_name`, `file_not_found`, `file_read_failed`. */
  async readError(name: string): Promise<{ name: string; content: string }> {
    if (!isInFolder(name)) throw new Problem('invalid_name');
    if (!errorName.test(name)) throw new Problem('file_not_found');
    return this.#read(name);
  }

  /** The log whose name ends in the request's id. Throws Problem `file_not_found`, `file_read_failed`. */
  async readById(id: string): Promise<{ name: string; content: string }> {
    const name = /^[\w.-]+$/.test(id) ? this.#names().find((known) => known.endsWith(`-${id}.log`)) : undefined;
    if (name === undefined || name.startsWith('main-')) throw new Problem('file_not_found');
    return this.#read(name);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw new Problem('file_read_failed', `failed to list log files: ${fileErrorSentence(error, this.#directory)}`);
    }
  }

  /** Links are not followed: a log is a plain file. */
  async #read(name: string): Promise<{ name: string; content: string }> {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    try {
      const file = await open(path.join(this.#directory, name), flags);
      try {
        if (!(await file.stat()).isFile()) throw new Problem('file_not_found');
        return { name, content: await file.readFile('utf8') };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (isAbsent(error)) throw new Problem('file_not_found');
      throw new Problem('file_read_failed', `failed to read log file: ${fileErrorSentence(error, name)}`);
    }
  }
}
