// Config texts as snapshots, a plain-text management key in them replaced by its hash.
import type { configSchema } from '../../../src-shared/config.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import { readConfig } from '../yaml/read-config.ts';
import { createSnapshot } from './config-document.ts';
import { type HashSecret, isPlainSecret, rejectOverlongSecret, secretOf, secretPath } from './config-secret.ts';
import type { Snapshot } from './snapshot.ts';

export class ConfigReader {
  readonly #hash: HashSecret;
  readonly #schema: typeof configSchema;
  /** Kept while a plain-text key could not be replaced on disk, so that it is hashed only once. */
  #hashed: { readonly plain: string; readonly hash: string } | undefined;

  constructor(hash: HashSecret, schema: typeof configSchema) {
    this.#hash = hash;
    this.#schema = schema;
  }

  /** A text with its key as it stands. Throws Problem `invalid_config`. */
  readAsIs(text: string, revision: number): Snapshot {
    const config = readConfig(text, this.#schema);
    rejectOverlongSecret(text, secretOf(config));
    return createSnapshot(text, config, revision);
  }

  /** The snapshot's text differs from `text` by the hash alone. Throws Problem `invalid_config`. */
  async read(text: string, revision: number): Promise<Snapshot> {
    const snapshot = this.readAsIs(text, revision);
    const plain = secretOf(snapshot.config);
    if (!isPlainSecret(plain)) return snapshot;
    const hash = this.#hashed?.plain === plain ? this.#hashed.hash : await this.#hash(plain);
    this.#hashed = { plain, hash };
    return this.readAsIs(applyEdits(text, [{ path: secretPath, value: hash }]), revision);
  }

  /** No plain-text key waits on disk any more. */
  forgetKey(): void {
    this.#hashed = undefined;
  }
}
