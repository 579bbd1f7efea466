// Tells when a file may have changed: saved in place, renamed over, deleted, created again, a link on its path swapped.
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Clock, Disposer } from '../time/clock.ts';
import { resolveLinkChain } from './symbolic-links.ts';

/** A save is often several events; what is read too early is half a file. In milliseconds. */
const quietMs = 20;
const patienceMs = 100;

/** Network drives, and folders that are replaced as a whole, do not report changes reliably. */
const fallbackMs = 2000;

export interface FileWatchOptions {
  readonly file: string;
  readonly clock: Clock;
  /** Called when it is quiet again after anything may have happened, also when nothing did: the callee compares. */
  readonly onActivity: () => void;
  readonly onError: (error: unknown) => void;
}

export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #watcher: FSWatcher;
  #places: ReadonlySet<string> = new Set();
  #folders: ReadonlySet<string> = new Set();
  #names: ReadonlySet<string> = new Set();
  #stopFallback: Disposer = () => {};
  #timer: NodeJS.Timeout | undefined;
  #stirredAt: number | undefined;

  private constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#watcher = watch([], {
      ignoreInitial: true,
      depth: 0,
      atomic: false,
      ignored: (place) => !this.#folders.has(place) && !this.#places.has(place),
    });
    // Folders are watched, for names are what gets replaced. The raw events come at once and are never merged.
    this.#watcher.on('raw', (_event, name) => {
      if (!name || this.#names.has(path.basename(name))) this.#stir();
    });
    this.#watcher.on('all', () => this.#stir());
    this.#watcher.on('error', options.onError);
  }

  /** Resolves when changes from now on are seen. */
  static async start(options: FileWatchOptions): Promise<FileWatch> {
    const self = new FileWatch(options);
    const ready = new Promise<void>((resolve) => self.#watcher.once('ready', resolve));
    self.follow();
    await ready;
    self.#armFallback();
    return self;
  }

  /** To be called after a change: the path may lead through other folders now. */
  follow(): void {
    const places = resolveLinkChain(this.#options.file);
    const folders = new Set(places.map((place) => path.dirname(place)));
    const gone = [...this.#folders].filter((folder) => !folders.has(folder));
    const added = [...folders].filter((folder) => !this.#folders.has(folder));
    this.#places = new Set(places);
    this.#folders = folders;
    this.#names = new Set(places.map((place) => path.basename(place)));
    if (gone.length > 0) this.#watcher.unwatch(gone);
    if (added.length > 0) this.#watcher.add(added);
  }

  #stir(): void {
    const now = performance.now();
    this.#stirredAt ??= now;
    clearTimeout(this.#timer);
    const wait = Math.min(quietMs, Math.max(this.#stirredAt + patienceMs - now, 0));
    this.#timer = setTimeout(() => {
      this.#stirredAt = undefined;
      this.#options.onActivity();
    }, wait);
  }

  #armFallback(): void {
    this.#stopFallback = this.#options.clock.after(fallbackMs, () => {
      this.#options.onActivity();
      this.#armFallback();
    });
  }

  async close(): Promise<void> {
    this.#stopFallback();
    await this.#watcher.close();
    clearTimeout(this.#timer);
  }
}
