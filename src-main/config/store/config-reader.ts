// Turns config text into a snapshot, with a plain-text management key replaced by its hash.
import type { Config, configSchema } from '../../../src-shared/config.ts';
import { rejectUnsendableText } from '../entries/header-values.ts';
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
    return createSnapshot(text, this.#parse(text), revision);
  }

  /** The text of the snapshot differs from `text` in the hash only. Throws Problem `invalid_config`. */
  read(text: string, revision: number): Promise<Snapshot> {
    return this.#withHash(this.readAsIs(text, revision));
  }

  /** The same for a text that is yet to be written: in it, keys and headers that HTTP cannot carry are errors too. */
  readNew(text: string, revision: number): Promise<Snapshot> {
    const config = this.#parse(text);
    rejectUnsendableText(text, config);
    return this.#withHash(createSnapshot(text, config, revision));
  }

  /** To be called once the file on disk holds no plain-text key. */
  forgetKey(): void {
    this.#hashed = undefined;
  }

  #parse(text: string): Config {
    const config = readConfig(text, this.#schema);
    rejectOverlongSecret(text, secretOf(config));
    return config;
  }

  async #withHash(snapshot: Snapshot): Promise<Snapshot> {
    const { text, revision, config } = snapshot;
    const plain = secretOf(config);
    if (!isPlainSecret(plain)) return snapshot;
    const hash = this.#hashed?.plain === plain ? this.#hashed.hash : await this.#hash(plain);
    this.#hashed = { plain, hash };
    return this.readAsIs(applyEdits(text, [{ path: secretPath, value: hash }]), revision);
  }
}
