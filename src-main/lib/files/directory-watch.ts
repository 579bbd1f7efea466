// Tells which files of one folder somebody has touched, also after the folder itself was away for a while.
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Logger } from '../logger.ts';

/** Names within the folder, or nothing when all of it may have changed. */
export type Touched = (names: readonly string[] | undefined) => Promise<void>;

export interface DirectoryWatchOptions {
  readonly folder: string;
  /** Other names are not even looked at: temporary files that come and go would make the watch read the folder each time. */
  readonly relevant: (name: string) => boolean;
  readonly tell: Touched;
  readonly log: Logger;
}

/** Events that come this close together are told at once. */
const quietMs = 40;

export class DirectoryWatch {
  readonly #folder: string;
  readonly #log: Logger;
  readonly #tell: Touched;
  readonly #relevant: (name: string) => boolean;
  readonly #names = new Set<string>();
  #watcher: FSWatcher | undefined;
  #all = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor({ folder, relevant, tell, log }: DirectoryWatchOptions) {
    this.#folder = path.resolve(folder);
    this.#relevant = relevant;
    this.#tell = tell;
    this.#log = log;
  }

  /** Resolves when changes are noticed. */
  static async open(options: DirectoryWatchOptions): Promise<DirectoryWatch> {
    const own = new DirectoryWatch(options);
    await own.#start();
    return own;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#watcher?.close();
  }

  async #start(): Promise<void> {
    const ignored = (file: string) => path.resolve(file) !== this.#folder && !this.#relevant(path.basename(file));
    const watcher = watch(this.#folder, { depth: 0, ignoreInitial: true, ignored });
    this.#watcher = watcher;
    // Once: where the system runs out of watches, every file says so.
    watcher.once('error', (error) => this.#log.warning(`watching ${this.#folder} failed: ${String(error)}`));
    watcher.on('error', () => {});
    watcher.on('all', (event, file) => {
      if (path.resolve(file) !== this.#folder) this.#names.add(path.basename(file));
      else if (event === 'unlinkDir') this.#all = true;
      // A folder that came back is seen, but what then happens in it is not: that takes a new watch.
      else if (event === 'addDir') void this.#restart(watcher);
      this.#timer ??= setTimeout(() => this.#flush(), quietMs);
    });
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  async #restart(old: FSWatcher): Promise<void> {
    await old.close();
    if (this.#closed) return;
    await this.#start();
    this.#all = true;
    this.#timer ??= setTimeout(() => this.#flush(), quietMs);
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#closed) return;
    const names = this.#all ? undefined : [...this.#names];
    this.#all = false;
    this.#names.clear();
    void this.#tell(names);
  }
}
