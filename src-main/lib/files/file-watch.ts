// Tells when a file may have changed: saved in place, renamed over, deleted, created again, a link on its path swapped.
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Clock, Disposer } from '../time/clock.ts';
import { resolveLinkChain } from './symbolic-links.ts';

/** A save is often several events, and reading too early gives half a file. In milliseconds. */
const debounceMs = 20;
/** A file that keeps changing is checked at least this often. In milliseconds. */
const maxDelayMs = 100;

/** Network drives, and folders that are replaced as a whole, do not report changes reliably. */
const pollMs = 2000;

export interface FileWatchOptions {
  readonly file: string;
  readonly clock: Clock;
  /** Called after anything may have happened, even when nothing did: the callee compares. */
  readonly onActivity: () => void;
  readonly onError: (error: unknown) => void;
}

export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #watcher: FSWatcher;
  /** The file and every link on its path, with the directories and names of all of them. */
  #paths: ReadonlySet<string> = new Set();
  #directories: ReadonlySet<string> = new Set();
  #names: ReadonlySet<string> = new Set();
  #stopPolling: Disposer = () => {};
  #timer: NodeJS.Timeout | undefined;
  #firstEventAt: number | undefined;

  private constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#watcher = watch([], {
      ignoreInitial: true,
      depth: 0,
      atomic: false,
      ignored: (file) => !this.#directories.has(file) && !this.#paths.has(file),
    });
    // Directories are watched, because it is names that get replaced. Raw events come at once and are never merged.
    this.#watcher.on('raw', (_event, name) => {
      if (!name || this.#names.has(path.basename(name))) this.#scheduleCheck();
    });
    this.#watcher.on('all', () => this.#scheduleCheck());
    this.#watcher.on('error', options.onError);
  }

  /** Resolves once changes are noticed. */
  static async start(options: FileWatchOptions): Promise<FileWatch> {
    const self = new FileWatch(options);
    const ready = new Promise<void>((resolve) => self.#watcher.once('ready', resolve));
    self.updateTargets();
    await ready;
    self.#poll();
    return self;
  }

  /** To be called after a change: the path may lead through other directories then. */
  updateTargets(): void {
    const paths = resolveLinkChain(this.#options.file);
    const directories = new Set(paths.map((file) => path.dirname(file)));
    const removed = [...this.#directories].filter((directory) => !directories.has(directory));
    const added = [...directories].filter((directory) => !this.#directories.has(directory));
    this.#paths = new Set(paths);
    this.#directories = directories;
    this.#names = new Set(paths.map((file) => path.basename(file)));
    if (removed.length > 0) this.#watcher.unwatch(removed);
    if (added.length > 0) this.#watcher.add(added);
  }

  #scheduleCheck(): void {
    const now = performance.now();
    this.#firstEventAt ??= now;
    clearTimeout(this.#timer);
    const delayMs = Math.min(debounceMs, Math.max(this.#firstEventAt + maxDelayMs - now, 0));
    this.#timer = setTimeout(() => {
      this.#firstEventAt = undefined;
      this.#options.onActivity();
    }, delayMs);
  }

  #poll(): void {
    this.#stopPolling = this.#options.clock.after(pollMs, () => {
      this.#options.onActivity();
      this.#poll();
    });
  }

  async close(): Promise<void> {
    this.#stopPolling();
    await this.#watcher.close();
    clearTimeout(this.#timer);
  }
}
