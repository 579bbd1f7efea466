// Where the program stores what belongs to a config but is not part of it: labels, earlier versions, usage.
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { appDir } from './app-paths.ts';

/** A directory for each config file, so that several configs on one computer do not mix. */
export function appDataDir(configFile: string, env: Readonly<Record<string, string | undefined>>): string {
  const digest = createHash('sha256').update(path.resolve(configFile)).digest('hex').slice(0, 16);
  return path.join(appDir({ platform: process.platform, env, home: os.homedir() }), 'data', digest);
}
