// The management key at rest: a plain-text one is replaced by its bcrypt hash as soon as it is seen.
import { hash } from 'bcryptjs';

/** Turns a plain-text key into its hash. The desktop's worker can do it off the main thread. */
export type HashSecret = (plain: string) => Promise<string>;

const cost = 10;

/** bcrypt reads no further; a longer key would be silently shortened. */
export const longestSecretBytes = 72;

export const hashSecret: HashSecret = (plain) => hash(plain, cost);

/** As the original server decides: anything that does not start like a bcrypt hash is a plain-text key. */
export function isPlainSecret(secret: string): boolean {
  return secret !== '' && !(secret.length > 4 && /^\$2[aby]\$/.test(secret));
}

export function isOverlong(secret: string): boolean {
  return isPlainSecret(secret) && Buffer.byteLength(secret) > longestSecretBytes;
}
