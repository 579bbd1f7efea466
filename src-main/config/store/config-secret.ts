// The management key as stored: a plain-text one is replaced by its bcrypt hash as soon as it is read.
import { hash } from 'bcryptjs';
import type { Config } from '../../../src-shared/config.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { placeOfKey } from '../yaml/read-config.ts';

/** Turns a plain-text key into its hash. A worker can do it off the main thread. */
export type HashSecret = (plain: string) => Promise<string>;

/** As CLIProxyAPI hashes. */
export const hashCost = 10;

/** bcrypt reads no further; a longer key would be silently shortened. */
export const maxSecretBytes = 72;

export const hashSecret: HashSecret = (plain) => hash(plain, hashCost);

/** As CLIProxyAPI decides: anything that does not start like a bcrypt hash is a plain-text key. */
export function isPlainSecret(secret: string): boolean {
  return secret !== '' && !(secret.length > 4 && /^\$2[aby]\$/.test(secret));
}

export function secretOf(config: Config): string {
  return config['remote-management']['secret-key'];
}

export const secretPath = ['remote-management', 'secret-key'] as const;

/** Throws Problem `invalid_config` for a plain-text key that bcrypt would silently shorten. */
export function rejectOverlongSecret(text: string, secret: string): void {
  if (!isPlainSecret(secret) || Buffer.byteLength(secret) <= maxSecretBytes) return;
  const sentence = `remote-management.secret-key: longer than the ${maxSecretBytes} bytes that bcrypt reads.`;
  throw new Problem('invalid_config', sentence, { place: placeOfKey(text, secretPath) ?? { line: 1, column: 1 } });
}
