// What was last seen of the account files in one folder.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { compareNames } from '../lib/files/file-name.ts';
import type { Logger } from '../lib/logger.ts';
import type { AccountFolder } from './account-folder.ts';
import type { AuthFile, FoundFile } from './auth-file.ts';

/** A stamp this young may hide a second write within the same tick of the file system's clock. */
const settledMs = 100;
/** Files that are read before other work gets its turn. */
const filesPerTurn = 200;

export class KnownFiles {
  readonly #folder: Pick<AccountFolder, 'find' | 'read'>;
  readonly #log: Logger;
  readonly #found = new Map<string, FoundFile & { readonly settled: boolean }>();
  #all: readonly AuthFile[] | undefined;
  #isClosed = false;

  constructor(folder: Pick<AccountFolder, 'find' | 'read'>, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  /** In byte order of names. */
  get all(): readonly AuthFile[] {
    this.#all ??= [...this.#found.values()].map(({ file }) => file).sort((a, b) => compareNames(a.name, b.name));
    return this.#all;
  }

  /** Differs when the file was written or replaced since; `undefined` for an unknown file. */
  stampOf(name: string): string | undefined {
    return this.#found.get(name)?.stamp;
  }

  /** Forgets everything; whether there was anything. */
  clear(): boolean {
    const wasEmpty = this.#found.size === 0;
    this.#found.clear();
    this.#all = undefined;
    return !wasEmpty;
  }

  /** Ends an update that is under way. */
  close(): void {
    this.#isClosed = true;
  }

  /** Brings everything up to date, given all names in the folder; whether that changed anything. */
  compare(names: readonly string[]): Promise<boolean> {
    const present = new Set(names);
    const gone = [...this.#found.keys()].filter((name) => !present.has(name));
    return this.update([...present, ...gone], true);
  }

  /** Brings what is known of these files up to date; whether that changed anything. */
  async update(names: readonly string[], trustStamps: boolean): Promise<boolean> {
    let changed = false;
    for (const [index, name] of names.entries()) {
      if (index % filesPerTurn === filesPerTurn - 1) await yieldToEventLoop();
      if (this.#isClosed) return false;
      changed = this.updateOne(name, trustStamps) || changed;
    }
    return changed;
  }

  /** The same for one file. With `trustStamps` it is read only when its stamp differs. */
  updateOne(name: string, trustStamps: boolean): boolean {
    const known = this.#found.get(name);
    if (trustStamps && known?.settled && this.#folder.find(name)?.stamp === known.stamp) return false;
    const found = this.#readOrFind(name);
    if (found === undefined) {
      if (!this.#found.delete(name)) return false;
    } else {
      this.#found.set(name, { ...found, settled: Date.now() - found.file.modified.getTime() > settledMs });
      if (found.stamp === known?.stamp && found.file.text === known.file.text) return false;
    }
    this.#all = undefined;
    return true;
  }

  /** A file that may not be read is listed all the same. */
  #readOrFind(name: string): FoundFile | undefined {
    try {
      return this.#folder.read(name);
    } catch (error) {
      this.#log.warning(`${name}: ${(error as Error).message}`);
      return this.#folder.find(name);
    }
  }
}
