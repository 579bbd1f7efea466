// The account files in auth-dir: what is there now, and every change of it, by the program or by others.
import { type Actor, byApp, byDisk } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { Emitter } from '../lib/emitter.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { parseForRewrite, parseObject, withoutMark } from '../lib/json-text.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Logger } from '../lib/logger.ts';
import type { Disposer } from '../lib/time/clock.ts';
import type { AccountFolder } from './account-folder.ts';
import { requireAccountName, requireNewAccountName } from './account-name.ts';
import type { AuthFile } from './auth-file.ts';
import { formatLike, readFailed } from './auth-folder.ts';
import { DiskFolder } from './disk-folder.ts';
import { KnownFiles } from './known-files.ts';

export interface AuthFilesChange {
  readonly files: readonly AuthFile[];
  readonly actor: Actor;
}

export interface AuthFilesOptions {
  readonly directory: string;
  readonly folder?: AccountFolder | undefined;
  readonly log: Logger;
}

/** Two programs that rewrite one file without end must not keep us trying without end. */
const maxAttempts = 50;

export class AuthFiles {
  readonly #log: Logger;
  readonly #changed: Emitter<AuthFilesChange>;
  readonly #queue = new KeyedQueue();
  readonly #moves = new KeyedQueue();
  #known: KnownFiles;
  #folder: AccountFolder;

  private constructor(folder: AccountFolder, log: Logger) {
    this.#folder = folder;
    this.#known = new KnownFiles(folder, log);
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`a listener to account files failed: ${String(error)}`));
  }

  /**
   * Creates the folder when missing. One that cannot be read is named in the log; {@link refresh} then fails.
   * `folder`: where the accounts are kept instead of in the directory.
   */
  static async open({ directory, folder, log }: AuthFilesOptions): Promise<AuthFiles> {
    const files = new AuthFiles(folder ?? new DiskFolder(directory, log), log);
    await files.#start();
    return files;
  }

  get directory(): string {
    return this.#folder.directory;
  }

  /** As last seen, in byte order of names. */
  get all(): readonly AuthFile[] {
    return this.#known.all;
  }

  /** Rereads the folder. Throws Problem `file_read_failed` when the folder cannot be read. */
  async refresh(): Promise<void> {
    await this.#moves.idle();
    await this.#folder.refresh();
    if (await this.#scan()) this.#publish(byDisk);
  }

  /** Goes on with another directory, as when `auth-dir` changes. What is running ends in the old one. */
  async moveTo(directory: string): Promise<void> {
    const old = this.#folder;
    // Accounts that are kept elsewhere do not move.
    if (directory === old.directory || !(old instanceof DiskFolder)) return;
    this.#folder = new DiskFolder(directory, this.#log);
    this.#known.close();
    this.#known = new KnownFiles(this.#folder, this.#log);
    await this.#moves.run('', async () => {
      await old.close();
      await this.#start();
      this.#publish(byApp);
    });
  }

  /** The file as on disk now. Throws Problem `invalid_name`, `name_not_json`, `file_not_found`, `file_read_failed`. */
  async read(name: string): Promise<AuthFile> {
    requireAccountName(name);
    const folder = this.#folder;
    await folder.refresh(name);
    const found = folder.read(name);
    const known = this.#known.stampOf(name);
    // What is used from here on must not differ from what is listed until the watch tells.
    if (known !== undefined && known !== found?.stamp) this.#noteOwn(folder, [name], byDisk);
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
    await this.#inTurn(name, async (folder) => {
      await folder.write(name, content, actor);
      this.#noteOwn(folder, [name], actor);
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
    return this.#inTurn(name, async (folder) => {
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        await folder.refresh(name);
        const found = folder.read(name);
        if (found === undefined) return false;
        const { content, text } = found.file;
        if (content === undefined) throw new Problem('invalid_auth_file', `invalid auth file: ${name} is not readable`);
        const changed = change(parseForRewrite(text));
        if (changed === undefined) return false;
        if (await folder.replaceUnchanged(found, formatLike(text, changed), actor)) {
          this.#noteOwn(folder, [name], actor);
          return true;
        }
      }
      throw new Problem('file_write_failed', `failed to write file: another program keeps writing ${name}`);
    });
  }

  /** Deletes one file, a symbolic link itself. Throws Problem like {@link read}, or `file_write_failed`. */
  async remove(name: string, actor: Actor): Promise<void> {
    requireAccountName(name);
    await this.#inTurn(name, async (folder) => {
      await folder.remove(name, actor);
      this.#noteOwn(folder, [name], actor);
    });
  }

  /** Deletes all account files and returns how many; those that cannot be deleted are named in the log. */
  async removeAll(actor: Actor): Promise<number> {
    const folder = this.#folder;
    const removed: string[] = [];
    for (const name of this.#namesNow()) {
      await this.#inTurn(name, async () => {
        try {
          await folder.remove(name, actor);
          removed.push(name);
        } catch (error) {
          this.#log.warning((error as Error).message);
        }
      });
    }
    if (removed.length > 0) this.#noteOwn(folder, removed, actor);
    return removed.length;
  }

  onChange(listener: (change: AuthFilesChange) => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Lets running writes finish. */
  async close(): Promise<void> {
    await this.#moves.idle();
    await this.#folder.close();
    await this.#queue.idle();
  }

  /** Watches before the first scan, so that nothing that happens in between is missed. */
  async #start(): Promise<void> {
    await this.#folder.open((names, actor) => this.#rescan(names, actor));
    await this.#rescan(undefined);
  }

  /** Files named by the watch are read whatever their stamps say; without names the whole folder is compared. */
  async #rescan(names: readonly string[] | undefined, actor: Actor = byDisk): Promise<void> {
    try {
      const changed = names === undefined ? await this.#scan() : await this.#known.update(names, false);
      if (changed) this.#publish(actor);
    } catch (error) {
      this.#log.warning((error as Error).message);
    }
  }

  async #scan(): Promise<boolean> {
    return this.#known.compare(this.#namesNow());
  }

  /** A folder that is gone has no accounts; one that merely cannot be read now keeps what is known. */
  #namesNow(): readonly string[] {
    try {
      return this.#folder.names();
    } catch (error) {
      if (isAbsent(error) && this.#known.clear()) this.#publish(byDisk);
      throw readFailed(error, this.directory);
    }
  }

  /** Called in the same tick as the change itself, so that the watch finds nothing new. */
  #noteOwn(folder: AccountFolder, names: readonly string[], actor: Actor): void {
    if (folder !== this.#folder) return;
    for (const name of names) this.#known.updateOne(name, false);
    this.#publish(actor);
  }

  #publish(actor: Actor): void {
    this.#changed.emit({ files: this.all, actor });
  }

  #inTurn<T>(name: string, task: (folder: AccountFolder) => Promise<T>): Promise<T> {
    // Some systems take names that differ in case for the same file.
    return this.#queue.run(name.toLowerCase(), () => task(this.#folder));
  }
}
