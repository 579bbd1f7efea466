// Applies the settings of the config to the parts of the program that they switch.
import type { AuthFiles } from './auth-files/auth-files.ts';
import { unsendableInConfig } from './config/entries/header-values.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { Snapshot } from './config/store/snapshot.ts';
import { formatPath } from './config/yaml/read/read-value.ts';
import { placeOfKey, readConfig } from './config/yaml/read-config.ts';
import type { Logger } from './lib/logger.ts';
import type { Disposer } from './lib/time/clock.ts';
import { setTimeZone } from './lib/time/time-zone.ts';
import type { LogFile } from './logs/log-file.ts';
import type { UsageQueue } from './usage/usage-queue.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface ConfiguredParts {
  readonly logFile: LogFile;
  readonly usage: UsageStore;
  readonly usageQueue: UsageQueue;
  readonly authFiles: AuthFiles;
  /** Where the config names none. */
  readonly timeZone: string;
  readonly log: Logger;
}

const maxWarnings = 20;

function apply({ config }: Snapshot, { logFile, usage, usageQueue, timeZone }: ConfiguredParts): void {
  setTimeZone(config['time-zone'] || timeZone);
  logFile.setEnabled(config['logging-to-file']);
  logFile.setDebug(config.debug);
  logFile.setMaxTotalMb(config['logs-max-total-size-mb']);
  usage.setEnabled(config['usage-statistics-enabled']);
  usageQueue.setEnabled(config['usage-statistics-enabled']);
}

/** Says which entries of a config from the disk can never be used, each time there are others. */
function warnings(log: Logger): (snapshot: Snapshot) => void {
  let told = '';
  return ({ config, text }) => {
    // The config in force has other positions than the text, so the text is read only when there is something to say.
    const values = unsendableInConfig(config).length > 0 ? unsendableInConfig(readConfig(text)) : [];
    const lines = values.map(({ path, sentence }) => {
      const { line } = placeOfKey(text, path) ?? { line: 1 };
      return `config line ${line}: ${formatPath(path)} ${sentence}`;
    });
    if (lines.join('\n') === told) return;
    told = lines.join('\n');
    for (const line of lines.slice(0, maxWarnings)) log.warning(line);
  };
}

/** Applies the settings now and after every change. */
export function applyConfig(config: ConfigStore, parts: ConfiguredParts): Disposer {
  apply(config.current, parts);
  const warn = warnings(parts.log);
  warn(config.current);
  return config.onChange(({ snapshot, previous }) => {
    apply(snapshot, parts);
    warn(snapshot);
    if (snapshot.authDir === previous.authDir) return;
    parts.authFiles.moveTo(snapshot.authDir).catch((error: unknown) => {
      parts.log.error(`cannot use the new auth-dir: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
}
