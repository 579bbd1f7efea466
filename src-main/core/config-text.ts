// The config file's text as it is on disk, whether or not it is the one in force.
import { readFile } from 'node:fs/promises';
import { Problem } from '../../src-shared/problem.ts';

/** Throws `config_missing` or `file_read_failed`. */
export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem('config_missing', 'config file not found');
    throw new Problem('file_read_failed', `failed to read the config file: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
