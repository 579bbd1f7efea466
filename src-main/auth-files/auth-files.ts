// The account files in auth-dir: what is there now, and every change of it, by the program or by others.
import path from 'node:path';
import { type Actor, byApp, byDisk } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { Emitter } from '../lib/emitter.ts';
import { removeLeftoversIn, writeAtomically } from '../lib/files/atomic-file.ts';
import { DirectoryWatch } from '../lib/files/directory-watch.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { removeDeadLocks } from '../lib/files/file-lock.ts';
import { isJsonName } from '../lib/files/file-name.ts';
import { mkdirp } from '../lib/files/mkdirp.ts';
import { parseForRewrite, parseObject, withoutMark } from '../lib/json-text.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { requireAccountName, requireNewAccountName } from './account-name.ts';
import type { AuthFile } from './auth-file.ts';
import { formatLike, jsonNames, readFailed, readIn, replaceUnchanged, unlinkIn, writeFailed } from './auth-folder.ts';
import { KnownFiles } from './known-files.ts';

export interface AuthFilesChange {
  readonly files: readonly AuthFile[];
  readonly actor: Actor;
}

/** Two programs that rewrite one file without end must not keep us trying without end. */
const maxAttempts = 50;

export class AuthFiles {
  readonly #log: Logger;
  readonly #changed: Emitter<AuthFilesChange>;
  readonly #queue = new KeyedQueue();
  readonly #moves = new KeyedQueue();
  #known: KnownFiles;
  #directory: string;
  #watch: DirectoryWatch | undefined;

  private constructor(directory: string, log: Logger) {
    this.#directory = directory;
    this.#known = new KnownFiles(directory, log);
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`a listener to account files failed: ${String(error)}`));
  }

  /** Creates the folder when missing. One that cannot be read is named in the log; {@link refresh} then fails. */
  static async open({ directory, log }: { directory: string; log: Logger }): Promise<AuthFiles> {
    const files = new AuthFiles(directory, log);
    await files.#start();
    return files;
  }

  get directory(): string {
    return this.#directory;
  }

  /** As last seen, in byte order of names. */
  get all(): readonly AuthFile[] {
    return this.#known.all;
  }

  /** Rereads the folder. Throws Problem `file_read_failed` when the folder cannot be read. */
  async refresh(): Promise<void> {
    await this.#moves.idle();
    if (await this.#scan()) this.#publish(byDisk);
  }

  /** Goes on with another folder, as when `auth-dir` changes. What is running ends in the old one. */
  async moveTo(directory: string): Promise<void> {
    if (directory === this.#directory) return;
    this.#directory = directory;
    this.#known.close();
    this.#known = new KnownFiles(directory, this.#log);
    await this.#moves.run('', async () => {
      await this.#watch?.close();
      await this.#start();
      this.#publish(byApp);
    });
  }

  /** The file as on disk now. Throws Problem `invalid_name`, `name_not_json`, `file_not_found`, `file_read_failed`. */
  async read(name: string): Promise<AuthFile> {
    requireAccountName(name);
    const directory = this.#directory;
    const found = readIn(directory, name);
    const known = this.#known.stampOf(name);
    // What is used from here on must not differ from what is listed until the watch tells.
    if (known !== undefined && known !== found?.stamp) this.#noteOwn(directory, [name], byDisk);
    if (found === undefined) throw new Problem('file_not_found');
    return found.file;
  }

  /**
   * Creates or replaces a file with exactly this content. Throws Problem `invalid_name`, `name_not_json`,
   * `invalid_auth_file` when it is not a JSON object, `file_write_failed`; the folder is then as before.
   */
  async save(name: string, content: string, actor: Actor): Promise<void> {
    requireNewAccountName(name);
    const parsed = parseObject(withoutMark(content));
    if ('error' in parsed) throw new Problem('invalid_auth_file', `invalid auth file: ${parsed.error}`);
    await this.#inTurn(name, async (directory) => {
      try {
        mkdirp(directory);
        await writeAtomically(path.join(directory, name), content);
      } catch (error) {
        throw writeFailed(error, name);
      }
      this.#noteOwn(directory, [name], actor);
    });
  }

  /**
   * Changes a file from what is on disk now; `change` may be called again when another program writes in the meantime.
   * `false` when the file is gone or `change` gave nothing: a deleted file is never made again.
   * Throws Problem `invalid_name`, `name_not_json`, `invalid_auth_file`, `file_write_failed`.
   */
  async update(
    name: string,
    change: (content: Record<string, unknown>) => Record<string, unknown> | undefined,
    actor: Actor,
  ): Promise<boolean> {
    requireAccountName(name);
    return this.#inTurn(name, async (directory) => {
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const found = readIn(directory, name);
        if (found === undefined) return false;
        const { content, text } = found.file;
        if (content === undefined) throw new Problem('invalid_auth_file', `invalid auth file: ${name} is not readable`);
        const changed = change(parseForRewrite(text));
        if (changed === undefined) return false;
        if (await replaceUnchanged(directory, found, formatLike(text, changed))) {
          this.#noteOwn(directory, [name], actor);
          return true;
        }
      }
      throw new Problem('file_write_failed', `failed to write file: another program keeps writing ${name}`);
    });
  }

  /** Deletes one file, a symbolic link itself. Throws Problem like {@link read}, or `file_write_failed`. */
  async remove(name: string, actor: Actor): Promise<void> {
    requireAccountName(name);
    await this.#inTurn(name, async (directory) => {
      unlinkIn(directory, name);
      this.#noteOwn(directory, [name], actor);
    });
  }

  /** Deletes all account files and returns how many; those that cannot be deleted are named in the log. */
  async removeAll(actor: Actor): Promise<number> {
    const directory = this.#directory;
    const removed: string[] = [];
    for (const name of this.#namesOnDisk()) {
      await this.#inTurn(name, async () => {
        try {
          unlinkIn(directory, name);
          removed.push(name);
        } catch (error) {
          this.#log.warning((error as Error).message);
        }
      });
    }
    if (removed.length > 0) this.#noteOwn(directory, removed, actor);
    return removed.length;
  }

  onChange(listener: (change: AuthFilesChange) => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Lets running writes finish. */
  async close(): Promise<void> {
    await this.#moves.idle();
    await this.#watch?.close();
    await this.#queue.idle();
  }

  /** Watches before the first scan, so that nothing that happens in between is missed. */
  async #start(): Promise<void> {
    const folder = this.#directory;
    const tell = (names: readonly string[] | undefined) => this.#rescan(names);
    try {
      mkdirp(folder);
      removeLeftoversIn(folder);
      removeDeadLocks(folder);
    } catch (error) {
      this.#log.error(readFailed(error, folder).message);
    }
    this.#watch = await DirectoryWatch.open({
      directory: folder,
      isRelevant: isJsonName,
      onChange: tell,
      log: this.#log,
    });
    await this.#rescan(undefined);
  }

  /** Files named by the watch are read whatever their stamps say; without names the whole folder is compared. */
  async #rescan(names: readonly string[] | undefined): Promise<void> {
    try {
      const changed = names === undefined ? await this.#scan() : await this.#known.update(names, false);
      if (changed) this.#publish(byDisk);
    } catch (error) {
      this.#log.warning((error as Error).message);
    }
  }

  async #scan(): Promise<boolean> {
    return this.#known.compare(this.#namesOnDisk());
  }

  /** A folder that is gone has no accounts; one that merely cannot be read now keeps what is known. */
  #namesOnDisk(): readonly string[] {
    try {
      return jsonNames(this.#directory);
    } catch (error) {
      if (isAbsent(error) && this.#known.clear()) this.#publish(byDisk);
      throw readFailed(error, this.#directory);
    }
  }

  /** Called in the same tick as the change itself, so that the watch finds nothing new. */
  #noteOwn(directory: string, names: readonly string[], actor: Actor): void {
    if (directory !== this.#directory) return;
    for (const name of names) this.#known.updateOne(name, false);
    this.#publish(actor);
  }

  #publish(actor: Actor): void {
    this.#changed.emit({ files: this.all, actor });
  }

  #inTurn<T>(name: string, task: (directory: string) => Promise<T>): Promise<T> {
    // Some systems take names that differ in case for the same file.
    return this.#queue.run(name.toLowerCase(), () => task(this.#directory));
  }
}
