// Checks whether a presented key gives access to the management API.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isPlainSecret, maxSecretBytes, secretOf } from '../config/store/config-secret.ts';
import type { Snapshot } from '../config/store/snapshot.ts';
import { BcryptBusy, type BcryptPool } from './bcrypt-pool.ts';
import type { SignInLinks } from './sign-in-links.ts';

export interface ManagementKeyOptions {
  readonly current: () => Snapshot;
  readonly bcrypt: BcryptPool;
  /** `MANAGEMENT_PASSWORD`; blank is unset. */
  readonly environmentPassword?: string | undefined;
  /** `--password`: not trimmed, valid for clients on this machine only. */
  readonly localPassword?: string | undefined;
  readonly signInLinks?: SignInLinks | undefined;
}

/** `busy`: too many other keys are being checked; try again after `retryAfterSeconds`. */
export type KeyCheck =
  | { readonly kind: 'accepted' | 'rejected' }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

const accepted: KeyCheck = { kind: 'accepted' };
const rejected: KeyCheck = { kind: 'rejected' };

/** A whole bcrypt hash: version, cost 4 to 31, 22 characters of salt, 31 of hash. */
const bcryptHash = /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

export class ManagementKey {
  readonly #current: () => Snapshot;
  readonly #bcrypt: BcryptPool;
  /** Makes the digests useless outside this process. */
  readonly #digestKey = randomBytes(32);
  readonly #environment: Buffer | undefined;
  readonly #local: Buffer | undefined;
  readonly #links: SignInLinks | undefined;
  /** The last key that was accepted, and the hash it matched. */
  #verified: { readonly hash: string; readonly digest: Buffer } | undefined;
  readonly #running = new Map<string, Promise<boolean>>();

  constructor({ current, bcrypt, environmentPassword = '', localPassword = '', signInLinks }: ManagementKeyOptions) {
    this.#links = signInLinks;
    this.#current = current;
    this.#bcrypt = bcrypt;
    const trimmed = environmentPassword.trim();
    this.#environment = trimmed === '' ? undefined : this.#digest(trimmed);
    this.#local = localPassword === '' ? undefined : this.#digest(localPassword);
  }

  /** Whether there is a key at all. The local password alone does not enable the API. */
  get isConfigured(): boolean {
    return this.#environment !== undefined || this.#secret !== '';
  }

  /** `MANAGEMENT_PASSWORD` switches remote access on, whatever the config says. */
  get allowsRemote(): boolean {
    return this.#environment !== undefined || this.#current().config['remote-management']['allow-remote'];
  }

  /** A session's key for the token of a link; `undefined` where it is not good. For clients on this machine only. */
  exchange(token: string): string | undefined {
    return this.isConfigured ? this.#links?.exchange(token, this.#secret) : undefined;
  }

  isLocalPassword(key: string): boolean {
    return matches(this.#local, this.#digest(key));
  }

  /** Checks a key. `local`: the client is on this machine. */
  async verify(key: string, local: boolean): Promise<KeyCheck> {
    const digest = this.#digest(key);
    if (local && (matches(this.#local, digest) || this.#links?.accepts(key, this.#secret))) return accepted;
    if (matches(this.#environment, digest)) return accepted;
    if (Buffer.byteLength(key) > maxSecretBytes) return rejected;
    return this.#verifySecret(key, digest);
  }

  async #verifySecret(key: string, digest: Buffer): Promise<KeyCheck> {
    const secret = this.#secret;
    // A plain-text key is there only until the config store has replaced it by its hash, or where it cannot.
    if (isPlainSecret(secret)) return matches(this.#digest(secret), digest) ? accepted : rejected;
    if (!bcryptHash.test(secret)) return rejected;
    if (this.#verified?.hash === secret && timingSafeEqual(this.#verified.digest, digest)) return accepted;
    let right: boolean;
    try {
      right = await this.#compare(key, digest, secret);
    } catch (error) {
      if (error instanceof BcryptBusy) return { kind: 'busy', retryAfterSeconds: error.retryAfterSeconds };
      throw error;
    }
    // The key was changed while the old one was being compared.
    if (this.#secret !== secret) return this.#verifySecret(key, digest);
    if (right) this.#verified = { hash: secret, digest };
    return right ? accepted : rejected;
  }

  /** Requests with the same key, such as those of a page that opens, share one comparison. */
  #compare(key: string, digest: Buffer, secret: string): Promise<boolean> {
    const id = `${secret} ${digest.toString('base64')}`;
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const comparison = this.#bcrypt.compare(key, secret).finally(() => this.#running.delete(id));
    this.#running.set(id, comparison);
    return comparison;
  }

  get #secret(): string {
    return secretOf(this.#current().config);
  }

  /** Keyed by a prefix: an HMAC costs ten times as much per request, and no digest leaves this class. */
  #digest(text: string): Buffer {
    return hash('sha256', Buffer.concat([this.#digestKey, Buffer.from(text)]), 'buffer');
  }
}

/** Compares digests of equal length, so that timing reveals nothing about the key. */
function matches(expected: Buffer | undefined, digest: Buffer): boolean {
  return expected !== undefined && timingSafeEqual(expected, digest);
}
