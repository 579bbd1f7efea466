// Config texts as snapshots, a plain-text management key in them replaced by its hash.

import { applyEdits } from '../yaml/apply-edits.ts';
import { readConfig } from '../yaml/read-config.ts';
import { createSnapshot } from './config-document.ts';
import { type HashSecret, isPlainSecret, rejectOverlongSecret, secretOf, secretPath } from './config-secret.ts';
import type { Snapshot } from './snapshot.ts';

/** A text as it stands. Throws Problem `invalid_config`. */
export function readSnapshot(text: string, revision: number): Snapshot {
  const config = readConfig(text);
  rejectOverlongSecret(text, secretOf(config));
  return createSnapshot(text, config, revision);
}

export class ConfigReader {
  readonly #hash: HashSecret;
  /** Kept while a plain-text key could not be replaced on disk, so that it is hashed only once. */
  #hashed: { readonly plain: string; readonly hash: string } | undefined;

  constructor(hash: HashSecret) {
    this.#hash = hash;
  }

  /** The snapshot's text differs from `text` by the hash alone. Throws Problem `invalid_config`. */
  async read(text: string, revision: number): Promise<Snapshot> {
    const snapshot = readSnapshot(text, revision);
    const plain = secretOf(snapshot.config);
    if (!isPlainSecret(plain)) return snapshot;
    const hash = this.#hashed?.plain === plain ? this.#hashed.hash : await this.#hash(plain);
    this.#hashed = { plain, hash };
    return readSnapshot(applyEdits(text, [{ path: secretPath, value: hash }]), revision);
  }

  /** No plain-text key waits on disk any more. */
  forgetKey(): void {
    this.#hashed = undefined;
  }
}
