// The text of the config file as it is on disk, whether or not it is in force.
import { readFile } from 'node:fs/promises';
import { Problem } from '../../src-shared/problem.ts';
import { fileErrorSentence } from '../lib/files/file-errors.ts';

/** Throws `config_missing` or `config_unreadable`. */
export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem('config_missing', 'config file not found');
    throw new Problem('config_unreadable', `the config cannot be read: ${fileErrorSentence(error, file)}`, {
      cause: error,
    });
  }
}
