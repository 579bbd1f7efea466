// Writes of the config file, with their failures as problems.
import { Problem } from '../../../src-shared/problem.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { overwrite, replaceVersion } from './config-file.ts';
import type { Version } from './config-version.ts';

interface ConfigWriterOptions {
  readonly file: string;
  readonly log: Logger;
}

export class ConfigWriter {
  readonly #options: ConfigWriterOptions;
  #isInPlaceSaid = false;

  constructor(options: ConfigWriterOptions) {
    this.#options = options;
  }

  /** As `replaceVersion`. Throws Problem `save_failed`. */
  async save(base: Version, text: string): Promise<boolean> {
    const { file } = this.#options;
    try {
      return await replaceVersion(file, base, text, () => this.#warnInPlace());
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('save_failed', `failed to save config: ${fileErrorSentence(error, file)}`, { cause: error });
    }
  }

  /** Whatever is on disk. Throws Problem `write_failed`. */
  async replace(text: string): Promise<void> {
    const { file } = this.#options;
    try {
      await overwrite(file, text, () => this.#warnInPlace());
    } catch (error) {
      throw new Problem('write_failed', `the config cannot be written: ${fileErrorSentence(error, file)}`);
    }
  }

  #warnInPlace(): void {
    if (this.#isInPlaceSaid) return;
    this.#isInPlaceSaid = true;
    this.#options.log.warning(
      'the config file is a mount, so it is written in place: a crash may leave half of a write',
    );
  }
}
