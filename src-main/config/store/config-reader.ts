// Turns config text into a snapshot, with a plain-text management key replaced by its hash.
import { isDeepStrictEqual } from 'node:util';
import type { Config, configSchema } from '../../../src-shared/config.ts';
import { rejectUnsendableText } from '../entries/header-values.ts';
import { TlsFiles, type TlsState } from '../tls/tls-files.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import { readConfig } from '../yaml/read-config.ts';
import { createSnapshot } from './config-document.ts';
import { type HashSecret, isPlainSecret, rejectOverlongSecret, secretOf, secretPath } from './config-secret.ts';
import type { Snapshot } from './snapshot.ts';

interface ReaderOptions {
  /** The config file, for the paths in it. */
  readonly file: string;
  readonly hash: HashSecret;
  readonly schema: typeof configSchema;
  /** Where the command line has the server listen. */
  readonly host: string | undefined;
}

export class ConfigReader {
  readonly #hash: HashSecret;
  readonly #schema: typeof configSchema;
  readonly #host: string | undefined;
  readonly #tls: TlsFiles;
  /** Cached while the plain-text key could not be replaced on disk, so that it is hashed only once. */
  #hashed: { readonly plain: string; readonly hash: string } | undefined;

  constructor({ file, hash, schema, host }: ReaderOptions) {
    this.#hash = hash;
    this.#schema = schema;
    this.#host = host;
    this.#tls = new TlsFiles(file);
  }

  /** The snapshot of the text as it is, key included. Throws Problem `invalid_config`. */
  readAsIs(text: string, revision: number): Snapshot {
    const config = this.#parse(text);
    return this.#snapshot(text, config, this.#tls.readAgain(text, config), revision);
  }

  /** The text of the snapshot differs from `text` in the hash only. Throws Problem `invalid_config`. */
  read(text: string, revision: number): Promise<Snapshot> {
    return this.#withHash(this.readAsIs(text, revision));
  }

  /** The same for a text that is yet to be written: in it, keys and headers that HTTP cannot carry are errors too. */
  readNew(text: string, revision: number): Promise<Snapshot> {
    return this.#withHash(this.#readStrictly(text, revision));
  }

  /** Whether it could be written. Throws Problem `invalid_config`. */
  check(text: string): Snapshot {
    return this.#readStrictly(text, 0);
  }

  /** The same snapshot, or another where the files that the config names have changed. */
  refresh(snapshot: Snapshot): Snapshot {
    const { text, config, revision } = snapshot;
    if (!config.tls.enable) return snapshot;
    const { pair, problem } = this.#tls.readAgain(text, config);
    const isSame = isDeepStrictEqual([pair, problem], [snapshot.tls, snapshot.tlsProblem]);
    return isSame ? snapshot : this.readAsIs(text, revision + 1);
  }

  /** The files that the config names, whose changes count. */
  filesOf = ({ config }: Snapshot): readonly string[] => this.#tls.pathsOf(config);

  /** To be called once the file on disk holds no plain-text key. */
  forgetKey(): void {
    this.#hashed = undefined;
  }

  #readStrictly(text: string, revision: number): Snapshot {
    const config = this.#parse(text);
    rejectUnsendableText(text, config);
    return this.#snapshot(text, config, this.#tls.read(text, config), revision);
  }

  #snapshot(text: string, config: Config, tls: TlsState, revision: number): Snapshot {
    return createSnapshot({ text, config, tls, host: this.#host }, revision);
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
