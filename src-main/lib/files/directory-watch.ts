// Tells which files of one directory have changed, even after the directory itself was missing for a while.
import { statSync } from 'node:fs';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Logger } from '../logger.ts';

export interface DirectoryWatchOptions {
  readonly directory: string;
  /** Other names are ignored from the start: temporary files that come and go would make the watch read the directory. */
  readonly isRelevant: (name: string) => boolean;
  /** Gets the names that may have changed, or `undefined` when everything may have. */
  readonly onChange: (names: readonly string[] | undefined) => Promise<void>;
  readonly log: Logger;
}

/** Events that come this close together are reported together. In milliseconds. */
const batchMs = 40;

/** No event tells that a directory was moved away, or that a link to it leads elsewhere. In milliseconds. */
const pollMs = 1000;

export class DirectoryWatch {
  readonly #directory: string;
  readonly #log: Logger;
  readonly #onChange: DirectoryWatchOptions['onChange'];
  readonly #isRelevant: (name: string) => boolean;
  readonly #names = new Set<string>();
  #watcher: FSWatcher | undefined;
  #everything = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #identity = '';
  #isRestarting = false;
  #poll: NodeJS.Timeout | undefined;

  private constructor({ directory, isRelevant, onChange, log }: DirectoryWatchOptions) {
    this.#directory = path.resolve(directory);
    this.#isRelevant = isRelevant;
    this.#onChange = onChange;
    this.#log = log;
  }

  /** Resolves once changes are noticed. */
  static async open(options: DirectoryWatchOptions): Promise<DirectoryWatch> {
    const own = new DirectoryWatch(options);
    await own.#start();
    own.#poll = setInterval(() => own.#checkIdentity(), pollMs).unref();
    return own;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    await this.#watcher?.close();
  }

  async #start(): Promise<void> {
    const ignored = (file: string) => path.resolve(file) !== this.#directory && !this.#isRelevant(path.basename(file));
    this.#identity = identityOf(this.#directory);
    const watcher = watch(this.#directory, { depth: 0, ignoreInitial: true, ignored });
    this.#watcher = watcher;
    // Logged once: where the system runs out of watches, there is an error for every file.
    watcher.once('error', (error) => this.#log.warning(`watching ${this.#directory} failed: ${String(error)}`));
    watcher.on('error', () => {});
    watcher.on('all', (event, file) => {
      if (path.resolve(file) !== this.#directory) this.#names.add(path.basename(file));
      else if (event === 'unlinkDir') this.#everything = true;
      // A directory that came back is reported, but what happens in it afterwards is not: that takes a new watch.
      else if (event === 'addDir') void this.#restart(watcher);
      this.#timer ??= setTimeout(() => this.#flush(), batchMs);
    });
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  async #restart(old: FSWatcher): Promise<void> {
    if (this.#isRestarting) return;
    this.#isRestarting = true;
    try {
      await old.close();
      if (this.#isClosed) return;
      await this.#start();
      this.#everything = true;
      this.#timer ??= setTimeout(() => this.#flush(), batchMs);
    } finally {
      this.#isRestarting = false;
    }
  }

  #checkIdentity(): void {
    if (this.#watcher !== undefined && identityOf(this.#directory) !== this.#identity)
      void this.#restart(this.#watcher);
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#isClosed) return;
    const names = this.#everything ? undefined : [...this.#names];
    this.#everything = false;
    this.#names.clear();
    void this.#onChange(names);
  }
}

/** Differs when the path leads to another directory; `''` when it leads nowhere. */
function identityOf(directory: string): string {
  try {
    const { dev, ino } = statSync(directory, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return '';
  }
}
