// Secrets at rest: AES-256-GCM under a key that only the instances have, bound to the place where they stand.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { DatabaseStartError } from './address.ts';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;
const version = 1;

interface SealKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

/** Table, column and primary key: a sealed value that is copied elsewhere does not open. */
export type Place = readonly [table: string, column: string, key: string];

export class Sealing {
  readonly #keys: readonly [SealKey, ...SealKey[]];

  /** `text`: keys of 32 bytes in base64, comma separated. The first seals, all open. Throws DatabaseStartError. */
  constructor(text: string) {
    const keys = text.split(',').map((one) => one.trim());
    if (text.trim() === '')
      throw new DatabaseStartError(
        'CLI_PROXY_DATABASE_KEY is missing: 32 bytes in base64, such as of `openssl rand -base64 32`.',
      );
    const [first, ...rest] = keys.map(sealKey);
    if (first === undefined) throw new Error('a list without a first');
    this.#keys = [first, ...rest];
  }

  /** `0x01 | key id (4) | nonce (12) | data | tag (16)`. */
  seal(text: string, place: Place): Buffer {
    const { id, key } = this.#keys[0];
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeBytes(place));
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), id, nonce, data, cipher.getAuthTag()]);
  }

  /** Throws where the key is another, or the value was changed or moved. */
  open(sealed: Buffer, place: Place): string {
    const id = sealed.subarray(1, 1 + idBytes);
    const found = this.#keys.find((one) => one.id.equals(id));
    if (sealed[0] !== version || found === undefined) throw new Error('it was sealed with another key');
    const data = sealed.subarray(1 + idBytes + nonceBytes, -tagBytes);
    const nonce = sealed.subarray(1 + idBytes, 1 + idBytes + nonceBytes);
    const cipher = createDecipheriv('aes-256-gcm', found.key, nonce).setAAD(placeBytes(place));
    cipher.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([cipher.update(data), cipher.final()]).toString('utf8');
  }

  /** Whether the key that seals now has sealed it. */
  isCurrent(sealed: Buffer): boolean {
    return sealed.subarray(1, 1 + idBytes).equals(this.#keys[0].id);
  }
}

function sealKey(text: string): SealKey {
  const secret = Buffer.from(text, 'base64');
  if (secret.length !== keyBytes || !/^[A-Za-z0-9+/]{43}=$/.test(text))
    throw new DatabaseStartError('CLI_PROXY_DATABASE_KEY is not understood: a key is 32 bytes in base64.');
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'cli-proxy seal', keyBytes));
  return { id: createHash('sha256').update(key).digest().subarray(0, idBytes), key };
}

const placeBytes = (place: Place) => Buffer.from(JSON.stringify(place));

/** What stands for texts in the database: equal on all instances, and not to be guessed from a dump. */
export const digestWith = (secret: Buffer, purpose: string, text: string): Buffer =>
  createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();
