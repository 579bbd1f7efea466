// A small JSON document of the program, readable by its owner only.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { KeyedQueue } from '../keyed-queue.ts';
import { writeAtomically } from './atomic-file.ts';
import { isAbsent } from './file-errors.ts';

export class JsonFile {
  readonly #file: string;
  readonly #writes = new KeyedQueue();

  constructor(file: string) {
    this.#file = file;
  }

  /** The document as last written; `undefined` when there is none, or none that can be parsed. */
  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8'));
    } catch (error) {
      // A document cut short by a crash or by hand counts as none: the program can create its own data again.
      if (isAbsent(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Writes happen in order, each one whole or not at all. Throws the system error. */
  write(document: unknown): Promise<void> {
    return this.#writes.run(this.#file, async () => {
      await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      await writeAtomically(this.#file, JSON.stringify(document));
    });
  }
}
