// Accounts as files of one directory, which other programs may change too.
import path from 'node:path';
import { removeLeftoversIn, writeAtomically } from '../lib/files/atomic-file.ts';
import { DirectoryWatch } from '../lib/files/directory-watch.ts';
import { removeDeadLocks } from '../lib/files/file-lock.ts';
import { isJsonName } from '../lib/files/file-name.ts';
import { mkdirp } from '../lib/files/mkdirp.ts';
import type { Logger } from '../lib/logger.ts';
import type { AccountFolder, OnAccounts } from './account-folder.ts';
import { type FoundFile, findFile } from './auth-file.ts';
import { jsonNames, readFailed, readIn, replaceUnchanged, unlinkIn, writeFailed } from './auth-folder.ts';

export class DiskFolder implements AccountFolder {
  readonly directory: string;
  readonly #log: Logger;
  #watch: DirectoryWatch | undefined;

  constructor(directory: string, log: Logger) {
    this.directory = directory;
    this.#log = log;
  }

  async open(onChange: OnAccounts): Promise<void> {
    const { directory } = this;
    try {
      mkdirp(directory);
      removeLeftoversIn(directory);
      removeDeadLocks(directory);
    } catch (error) {
      this.#log.error(readFailed(error, directory).message);
    }
    this.#watch = await DirectoryWatch.open({ directory, isRelevant: isJsonName, onChange, log: this.#log });
  }

  names(): readonly string[] {
    return jsonNames(this.directory);
  }

  find(name: string): FoundFile | undefined {
    return findFile(this.directory, name);
  }

  read(name: string): FoundFile | undefined {
    return readIn(this.directory, name);
  }

  /** Nothing stands between the disk and who reads. */
  async refresh(): Promise<void> {}

  async write(name: string, text: string): Promise<void> {
    try {
      mkdirp(this.directory);
      await writeAtomically(path.join(this.directory, name), text);
    } catch (error) {
      throw writeFailed(error, name);
    }
  }

  replaceUnchanged(found: FoundFile, text: string): Promise<boolean> {
    return replaceUnchanged(this.directory, found, text);
  }

  async remove(name: string): Promise<void> {
    unlinkIn(this.directory, name);
  }

  async close(): Promise<void> {
    await this.#watch?.close();
  }
}
