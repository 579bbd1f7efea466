// The config as a file: replaced as a whole, watched for what others save.
import path from 'node:path';
import { removeLeftovers } from '../../lib/files/atomic-file.ts';
import { removeDeadLocks } from '../../lib/files/file-lock.ts';
import { FileWatch } from '../../lib/files/file-watch.ts';
import { resolveLinks } from '../../lib/files/symbolic-links.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { readConfigText } from '../config-text.ts';
import type { ConfigSource, ConfigWatch, StoredText } from './config-source.ts';
import { readVersion } from './config-version.ts';
import { ConfigWriter } from './config-writer.ts';

interface ConfigFileSourceOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export class ConfigFileSource implements ConfigSource {
  readonly #options: ConfigFileSourceOptions;
  readonly #writer: ConfigWriter;

  constructor(options: ConfigFileSourceOptions) {
    this.#options = options;
    this.#writer = new ConfigWriter(options);
  }

  read(): StoredText | undefined {
    const version = readVersion(this.#options.file);
    return version && { text: version.text, replace: (next) => this.#writer.save(version, next) };
  }

  present(): Promise<string> {
    return readConfigText(this.#options.file);
  }

  overwrite(text: string): Promise<void> {
    return this.#writer.replace(text);
  }

  async watch(onActivity: () => Promise<void>): Promise<ConfigWatch> {
    const { file, clock, log } = this.#options;
    const target = resolveLinks(file);
    removeLeftovers(target);
    removeDeadLocks(path.dirname(target));
    const watch = await FileWatch.start({
      file,
      clock,
      onActivity: () => void onActivity(),
      onError: (error) => log.warning(`watching the config file failed: ${String(error)}`),
    });
    return { update: () => watch.updateTargets(), close: () => watch.close() };
  }
}
