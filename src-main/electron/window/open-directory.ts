// Opens the program's directories in the file manager.
import path from 'node:path';
import type { Shell } from 'electron';
import { Problem } from '../../../src-shared/problem.ts';
import { appDir } from '../../config/app-paths.ts';
import { logDirectory } from '../../logs/log-file.ts';
import type { AppHost } from '../app-host/app-host.ts';

export type DirectoryName = 'config' | 'accounts' | 'logs' | 'data';

export interface DirectoryOpenerOptions {
  readonly shell: Pick<Shell, 'openPath'>;
  readonly appHost: AppHost;
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Gives a function that throws a Problem with the system's reason when a directory cannot be opened. */
export function directoryOpener(options: DirectoryOpenerOptions): (name: DirectoryName) => Promise<void> {
  const { shell, appHost, configFile, environment } = options;
  const locate: Readonly<Record<DirectoryName, () => string>> = {
    config: () => path.dirname(configFile),
    accounts: () => appHost.app?.config.current.authDir ?? path.dirname(configFile),
    logs: () => logDirectory(configFile, environment),
    data: () => appDir(),
  };
  return (name) => openPath(shell, locate[name]());
}

/** Shows a directory or a file in the program that the system has for it. Throws Problem. */
export async function openPath(shell: Pick<Shell, 'openPath'>, place: string): Promise<void> {
  const failure = await shell.openPath(place);
  if (failure !== '') throw new Problem('file_read_failed', failure);
}
