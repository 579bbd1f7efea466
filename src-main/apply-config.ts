// Applies the settings of the config to the parts of the program that they switch.
import type { AuthFiles } from './auth-files/auth-files.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { Snapshot } from './config/store/snapshot.ts';
import type { Logger } from './lib/logger.ts';
import type { Disposer } from './lib/time/clock.ts';
import type { LogFile } from './logs/log-file.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface ConfiguredParts {
  readonly logFile: LogFile;
  readonly usage: UsageStore;
  readonly authFiles: AuthFiles;
  readonly log: Logger;
}

function apply({ config }: Snapshot, { logFile, usage }: ConfiguredParts): void {
  logFile.setEnabled(config['logging-to-file']);
  logFile.setDebug(config.debug);
  logFile.setMaxTotalMb(config['logs-max-total-size-mb']);
  usage.setEnabled(config['usage-statistics-enabled']);
}

/** Applies the settings now and after every change. */
export function applyConfig(config: ConfigStore, parts: ConfiguredParts): Disposer {
  apply(config.current, parts);
  return config.onChange(({ snapshot, previous }) => {
    apply(snapshot, parts);
    if (snapshot.authDir === previous.authDir) return;
    parts.authFiles.moveTo(snapshot.authDir).catch((error: unknown) => {
      parts.log.error(`cannot use the new auth-dir: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
}
