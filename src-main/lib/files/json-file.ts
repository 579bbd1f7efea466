// A small JSON document of the program, readable by its owner only.
import { constants } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { KeyedQueue } from '../keyed-queue.ts';
import { writeAtomically } from './atomic-file.ts';
import { fileErrorSentence } from './file-errors.ts';

/** A document that the program does without. */
export interface UnreadableFile {
  readonly file: string;
  /** Half a sentence. */
  readonly reason: string;
  /** Its new name; `undefined` where it could not be moved. */
  readonly aside: string | undefined;
}

/** Far more than the program writes. */
const maxBytes = 64 * 1024 * 1024;

export class JsonFile {
  readonly #file: string;
  readonly #onUnreadable: (unreadable: UnreadableFile) => void;
  readonly #writes = new KeyedQueue();

  /** `onUnreadable` is told when what stands in the place of the document is no such document. */
  constructor(file: string, onUnreadable: (unreadable: UnreadableFile) => void = () => {}) {
    this.#file = file;
    this.#onUnreadable = onUnreadable;
  }

  /**
   * The document as last written; `undefined` when there is none. What cannot be read is set aside, so that no write
   * replaces it, and counts as none: the program can create its own data again. Never throws.
   */
  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readPlainFile(this.#file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') await this.#setAside(error);
      return undefined;
    }
  }

  /** Writes happen in order, each one whole or not at all. Throws the system error. */
  write(document: unknown): Promise<void> {
    return this.#writes.run(this.#file, async () => {
      await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      await writeAtomically(this.#file, JSON.stringify(document));
    });
  }

  async #setAside(error: unknown): Promise<void> {
    const reason =
      error instanceof SyntaxError ? 'it is not JSON' : fileErrorSentence(error, path.basename(this.#file), 'read');
    const target = `${this.#file}.${Date.now()}.unreadable`;
    const aside = await rename(this.#file, target).then(
      () => target,
      () => undefined,
    );
    this.#onUnreadable({ file: this.#file, reason, aside });
  }
}

/** Does not wait for a writer, should a pipe stand in its place. */
async function readPlainFile(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (!found.isFile() || found.size > maxBytes) throw new Error('it is no file of the program');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** For the log. */
export function unreadableSentence({ file, reason, aside }: UnreadableFile): string {
  const what = aside === undefined ? 'the program does without it' : `it was set aside as ${aside}`;
  return `${file} cannot be read: ${reason}; ${what}`;
}
