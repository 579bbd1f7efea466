// The certificate and key of `tls`, read and checked.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../../src-shared/config.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import { resolveHome } from '../../lib/files/resolve-home.ts';

/** PEM texts that belong together. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

export type TlsSettings = Config['tls'];

/** Why a pair cannot be used. `part` is the key of `tls` to look at; the sentence holds no content of a file. */
export class TlsPairError extends Error {
  readonly part: 'enable' | 'cert' | 'key';

  constructor(part: TlsPairError['part'], sentence: string) {
    super(sentence);
    this.part = part;
  }
}

/** A chain of a hundred certificates has less. */
const maxBytes = 1_000_000;

/** The absolute paths of both files. Relative ones start at the directory of the config file; `~` is the home directory. */
export function tlsPaths({ cert, key }: TlsSettings, configFile: string): { readonly [Part in keyof TlsPair]: string } {
  const directory = path.dirname(configFile);
  const resolved = (file: string) => {
    const trimmed = file.trim();
    return trimmed.startsWith('~') ? resolveHome(trimmed) : path.resolve(directory, trimmed);
  };
  return { cert: resolved(cert), key: resolved(key) };
}

/** @throws TlsPairError where a file cannot be read, or the two do not belong together. */
export function readTlsPair(settings: TlsSettings, configFile: string): TlsPair {
  for (const part of ['cert', 'key'] as const) {
    if (settings[part].trim() === '') throw new TlsPairError('enable', `is on, but tls.${part} names no file`);
  }
  const paths = tlsPaths(settings, configFile);
  const pair = { cert: readPem('cert', paths.cert), key: readPem('key', paths.key) };
  try {
    createSecureContext({ cert: pair.cert });
  } catch {
    throw new TlsPairError('cert', `${paths.cert} holds no certificate in PEM format`);
  }
  try {
    createSecureContext({ key: pair.key });
  } catch {
    throw new TlsPairError('key', `${paths.key} holds no private key in PEM format without a password`);
  }
  try {
    createSecureContext(pair);
  } catch {
    throw new TlsPairError('key', `the key in ${paths.key} does not belong to the certificate in ${paths.cert}`);
  }
  return pair;
}

function readPem(part: 'cert' | 'key', file: string): string {
  try {
    // A pipe of that name would be waited for.
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(handle);
      if (!stat.isFile()) throw new TlsPairError(part, `${file} is not a file`);
      if (stat.size > maxBytes) throw new TlsPairError(part, `${file} is too large for PEM text`);
      return readFileSync(handle, 'utf8');
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof TlsPairError) throw error;
    throw new TlsPairError(part, `cannot be read: ${fileErrorSentence(error, file, 'read')}`);
  }
}
