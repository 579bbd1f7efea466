// Where the program keeps what belongs to a config but must not stand in it: labels, earlier versions, usage.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { appFolder } from '../app-paths.ts';

/** A folder of its own for each config file, so that several configs on one computer do not mix. */
export const dataFolder = (configFile: string): string =>
  path.join(appFolder(), 'data', createHash('sha256').update(path.resolve(configFile)).digest('hex').slice(0, 16));
