// Writing new tokens into account files, so that none that a provider has handed out is lost or put in the wrong place.
import { byApp } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { Fields } from '../net/provider-request.ts';
import { refreshTokenOf } from './token-times.ts';

interface Unsaved {
  readonly fields: Fields;
  /** The refresh token that the new ones take the place of. */
  readonly replaced: string;
}

interface Kept {
  readonly fields: Fields;
  /** What the tokens were made with. */
  readonly secret: string;
}

export class TokenWriter {
  readonly #files: AuthFiles;
  readonly #unsaved = new Map<string, Unsaved>();
  /** Tokens that are never written, by file name. */
  readonly #kept = new Map<string, Kept>();
  readonly #secretOf: (content: Fields) => string;
  readonly #overlaid: () => void;

  /**
   * `secretOf`: what makes the tokens of an account that are kept in memory.
   * `overlaid` is told when {@link withUnsaved} returns something new.
   */
  constructor(files: AuthFiles, secretOf: (content: Fields) => string, overlaid: () => void) {
    this.#files = files;
    this.#secretOf = secretOf;
    this.#overlaid = overlaid;
  }

  /** Whether a file waits for tokens that could not be written. */
  isWaiting(name: string): boolean {
    return this.#unsaved.has(name);
  }

  /** Keeps tokens of a file in memory only. */
  keep(name: string, fields: Fields, secret: string): void {
    this.#kept.set(name, { fields, secret });
    this.#overlaid();
  }

  /** A file's content with the tokens that could not be written to it yet, or never are. */
  withUnsaved(name: string, content: Fields | undefined): Fields | undefined {
    const kept = this.#kept.get(name);
    if (kept !== undefined && content !== undefined) {
      if (this.#secretOf(content) === kept.secret) return { ...content, ...kept.fields };
      this.#kept.delete(name);
    }
    const unsaved = this.#unsaved.get(name);
    if (unsaved === undefined || content === undefined) return content;
    if (refreshTokenOf(content) === unsaved.replaced) return { ...content, ...unsaved.fields };
    // Somebody has put other tokens there: they are the newer ones.
    this.#unsaved.delete(name);
    return content;
  }

  /** Writes what waits for a file; whether anything did. Throws Problem when it still cannot be written. */
  async writeWaiting(name: string): Promise<boolean> {
    const unsaved = this.#unsaved.get(name);
    if (unsaved === undefined) return false;
    await this.write(name, [], unsaved.fields, unsaved.replaced);
    return true;
  }

  /**
   * Writes new members into a file unless it has got other tokens meanwhile, by a new login. So it does into `copies`,
   * files with the same refresh token, which the provider takes from nobody any more. What cannot be written is kept.
   * Throws Problem `file_not_found` when the file is gone, or why it cannot be written.
   */
  async write(name: string, copies: readonly string[], fields: Fields, replaced: string): Promise<void> {
    const results = await Promise.allSettled([name, ...copies].map((each) => this.#writeOne(each, fields, replaced)));
    const [own] = results;
    if (own?.status === 'rejected') throw own.reason;
    if (own?.value === false) throw new Problem('file_not_found');
  }

  /** Whether the file is there. */
  async #writeOne(name: string, fields: Fields, replaced: string): Promise<boolean> {
    let found = false;
    const put = (now: Record<string, unknown>) => {
      found = true;
      return refreshTokenOf(now) === replaced ? { ...now, ...fields } : undefined;
    };
    try {
      await this.#files.update(name, put, byApp);
      this.#unsaved.delete(name);
      return found;
    } catch (error) {
      this.#unsaved.set(name, { fields, replaced });
      this.#overlaid();
      throw error;
    }
  }
}
