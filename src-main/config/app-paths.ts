// Where the program keeps its files.
import os from 'node:os';
import path from 'node:path';

const dirName = 'cli-proxy-desktop';

export interface Environment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const present = (): Environment => ({ platform: process.platform, env: process.env, home: os.homedir() });

/** The program's own folder of this user, by the conventions of the operating system. It need not exist yet. */
export function appDir({ platform, env, home }: Environment = present()): string {
  if (platform === 'win32') {
    return path.win32.join(env.APPDATA || path.win32.join(home, 'AppData', 'Roaming'), dirName);
  }
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', dirName);
  // The XDG specification: a relative path in the variable is to be ignored.
  const configured = env.XDG_CONFIG_HOME ?? '';
  return path.posix.join(path.posix.isAbsolute(configured) ? configured : path.posix.join(home, '.config'), dirName);
}

/** The config file: as given on the command line, else by `$CLI_PROXY_CONFIG`, else in the program's own folder. */
export function configPath(given: string | undefined, environment: Environment = present()): string {
  const named = given || environment.env.CLI_PROXY_CONFIG;
  return named ? path.resolve(named) : path.join(appDir(environment), 'config.yaml');
}
