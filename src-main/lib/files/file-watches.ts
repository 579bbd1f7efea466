// Watches on a set of files that changes.
import { FileWatch, type FileWatchOptions } from './file-watch.ts';

export class FileWatches {
  readonly #options: Omit<FileWatchOptions, 'file'>;
  #watches: ReadonlyMap<string, FileWatch> = new Map();

  constructor(options: Omit<FileWatchOptions, 'file'>) {
    this.#options = options;
  }

  /** Watches these files and no others, by absolute paths. To be awaited before the next call. */
  async follow(files: readonly string[]): Promise<void> {
    const before = this.#watches;
    const watches = new Map<string, FileWatch>();
    for (const file of new Set(files)) {
      const known = before.get(file);
      known?.updateTargets();
      watches.set(file, known ?? (await FileWatch.start({ ...this.#options, file })));
    }
    this.#watches = watches;
    for (const [file, watch] of before) if (!watches.has(file)) await watch.close();
  }

  async close(): Promise<void> {
    await this.follow([]);
  }
}
