// The first start on a computer: a new config file with new keys.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { writeAtomically } from '../lib/files/atomic-file.ts';
import { fileErrorSentence } from '../lib/files/file-errors.ts';
import { mkdirp } from '../lib/files/mkdirp.ts';
import { resolveLinks } from '../lib/files/symbolic-links.ts';
import { appDir } from './app-paths.ts';
import { configTemplate } from './config-template.ts';
import { hashSecret } from './store/config-secret.ts';

/** The keys of a new config in plain text. They can be shown only now; the file has just a hash of the management key. */
export interface FirstKeys {
  readonly managementKey: string;
  readonly clientKey: string;
}

/** The text of a new config and its keys. Accounts go into the program's own `folder`. */
export async function newConfig(folder = appDir()): Promise<{ readonly text: string; readonly keys: FirstKeys }> {
  const keys: FirstKeys = {
    managementKey: randomBytes(18).toString('base64url'),
    clientKey: `sk-${randomBytes(24).toString('base64url')}`,
  };
  const text = configTemplate({
    authDir: path.join(folder, 'accounts'),
    clientKey: keys.clientKey,
    secretHash: await hashSecret(keys.managementKey),
  });
  return { text, keys };
}

/**
 * Creates the config file, readable by its owner only, unless there is one; `undefined` when there is.
 * Throws Problem `write_failed`.
 */
export async function createConfigIfMissing(file: string, folder = appDir()): Promise<FirstKeys | undefined> {
  const target = resolveLinks(file);
  if (existsSync(target)) return undefined;
  const { text, keys } = await newConfig(folder);
  try {
    mkdirp(path.dirname(target));
    await writeAtomically(target, text);
  } catch (error) {
    const sentence = `the config cannot be created: ${fileErrorSentence(error, target)}`;
    throw new Problem('write_failed', sentence, { cause: error });
  }
  return keys;
}
