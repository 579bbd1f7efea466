// Where other programs of the kind keep their config.
import { accessSync, constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { InstalledProgram } from '../../src-shared/contract/installations.ts';

export interface Place {
  readonly program: InstalledProgram;
  /** Of the config; it may not exist. */
  readonly file: string;
}

export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly workingDirectory: string;
}

export const thisComputer = (): Computer => ({
  platform: process.platform,
  env: process.env,
  home: os.homedir(),
  workingDirectory: process.cwd(),
});

/** CLIProxyAPI, and what is made around it, put their account files here unless the config says otherwise. */
export const usualAccounts = '~/.cli-proxy-api';

/** Names of a config, the one that is in force first: VibeProxy merges its own settings into a second file. */
const configNames = ['merged-config.yaml', 'config.yaml', 'config.yml', 'cliproxyapi.conf', 'proxy-config.yaml'];

/** Files of another name are not opened, whoever asks for them. */
export const isConfigName = (file: string): boolean => configNames.includes(path.basename(file));

const programNames = ['cli-proxy-api', 'CLIProxyAPI', 'cliproxyapi'];
const maxSearchPath = 100;

/** The configs that there may be, each file once. */
export function usualPlaces(computer: Computer): readonly Place[] {
  const { home, workingDirectory } = computer;
  const inHome = (...names: string[]) => path.join(home, ...names);
  const places: readonly Place[] = [
    { program: 'vibeproxy', file: inHome('.cli-proxy-api', 'merged-config.yaml') },
    { program: 'vibeproxy', file: inHome('.cli-proxy-api', 'config.yaml') },
    { program: 'easycli', file: inHome('cliproxyapi', 'config.yaml') },
    { program: 'quotio', file: inHome('Library', 'Application Support', 'Quotio', 'config.yaml') },
    { program: 'proxypal', file: path.join(configDir(computer), 'proxypal', 'proxy-config.yaml') },
    { program: 'homebrew', file: '/opt/homebrew/etc/cliproxyapi.conf' },
    { program: 'homebrew', file: '/usr/local/etc/cliproxyapi.conf' },
    { program: 'cli-proxy-api', file: path.join(workingDirectory, 'config.yaml') },
    ...directoriesOfProgram(computer).map((directory) => ({
      program: 'cli-proxy-api' as const,
      file: path.join(directory, 'config.yaml'),
    })),
  ];
  return places.filter(({ file }, index) => places.findIndex((place) => place.file === file) === index);
}

/** The configs that a directory may have. */
export const placesIn = (directory: string): readonly Place[] =>
  configNames.map((name) => ({ program: 'chosen', file: path.join(directory, name) }));

/** Where programs keep settings of a user, as the Rust library `dirs` says, which ProxyPal uses. */
function configDir({ platform, env, home }: Computer): string {
  if (platform === 'win32') return env.APPDATA || path.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  const configured = env.XDG_CONFIG_HOME ?? '';
  return path.isAbsolute(configured) ? configured : path.join(home, '.config');
}

/** CLIProxyAPI reads the config beside the program, which the search path leads to. */
function directoriesOfProgram({ platform, env }: Computer): readonly string[] {
  const ending = platform === 'win32' ? '.exe' : '';
  const searchPath = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(path.isAbsolute);
  return searchPath
    .slice(0, maxSearchPath)
    .filter((directory) => programNames.some((name) => isExecutable(path.join(directory, name + ending))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
