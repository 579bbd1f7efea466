// Turns config text into a snapshot, with a plain-text management key replaced by its hash.
import type { configSchema } from '../../../src-shared/config.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import { readConfig } from '../yaml/read-config.ts';
import { createSnapshot } from './config-document.ts';
import { type HashSecret, isPlainSecret, rejectOverlongSecret, secretOf, secretPath } from './config-secret.ts';
import type { Snapshot } from './snapshot.ts';

export class ConfigReader {
  readonly #hash: HashSecret;
  readonly #schema: typeof configSchema;
  /** Cached while the plain-text key could not be replaced on disk, so that it is hashed only once. */
  #hashed: { readonly plain: string; readonly hash: string } | undefined;

  constructor(hash: HashSecret, schema: typeof configSchema) {
    this.#hash = hash;
    this.#schema = schema;
  }

  /** The snapshot of the text as it is, key included. Throws Problem `invalid_config`. */
  readAsIs(text: string, revision: number): Snapshot {
    const config = readConfig(text, this.#schema);
    rejectOverlongSecret(text, secretOf(config));
    return createSnapshot(text, config, revision);
  }

  /** The text of the snapshot differs from `text` in the hash only. Throws Problem `invalid_config`. */
  async read(text: string, revision: number): Promise<Snapshot> {
    const snapshot = this.readAsIs(text, revision);
    const plain = secretOf(snapshot.config);
    if (!isPlainSecret(plain)) return snapshot;
    const hash = this.#hashed?.plain === plain ? this.#hashed.hash : await this.#hash(plain);
    this.#hashed = { plain, hash };
    return this.readAsIs(applyEdits(text, [{ path: secretPath, value: hash }]), revision);
  }

  /** To be called once the file on disk holds no plain-text key. */
  forgetKey(): void {
    this.#hashed = undefined;
  }
}
