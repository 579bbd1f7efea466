// What a config store is opened with.
import type { Settings } from '../../../src-shared/settings.ts';
import type { AppEvents } from '../../events/app-events.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { HashSecret } from './config-secret.ts';
import type { ConfigSource } from './config-source.ts';

export interface ConfigStoreOptions {
  readonly file: string;
  /** Where the text is kept. Default: in the file. */
  readonly source?: ConfigSource | undefined;
  readonly clock?: Clock;
  readonly log: Logger;
  readonly events: AppEvents;
  /** The settings that the config has. Default: those of the program. */
  readonly settings?: Settings;
  /** Where the command line has the server listen, whatever the config says. */
  readonly host?: string | undefined;
  /** Where to hash a plain-text management key. Default: here, in slices on the main thread. */
  readonly hash?: HashSecret;
}
