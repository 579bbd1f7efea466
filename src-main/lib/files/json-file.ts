// A small JSON document of the program's own, readable by its owner only.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { KeyedQueue } from '../keyed-queue.ts';
import { isAbsent, writeAtomically } from './atomic-file.ts';

export class JsonFile {
  readonly #file: string;
  readonly #writes = new KeyedQueue();

  constructor(file: string) {
    this.#file = file;
  }

  /** What was written last; `undefined` when there is nothing, or nothing that can be read. */
  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8'));
    } catch (error) {
      // A document that a crash or a person has cut is as good as none: the program's own data can be made anew.
      if (isAbsent(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Writes are in order and whole. Throws the system error. */
  write(document: unknown): Promise<void> {
    return this.#writes.run(this.#file, async () => {
      await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      await writeAtomically(this.#file, JSON.stringify(document));
    });
  }
}
