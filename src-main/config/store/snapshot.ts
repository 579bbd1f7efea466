// The config as it is in force, and the edits that change it.
import type { Config } from '../../../src-shared/config.ts';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import type { TlsPair } from '../tls/tls-pair.ts';

/** What is wrong with the file on disk while an older version of it stays in force. Line and column start at 1. */
export interface InvalidConfig {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The last good read of the config file. Frozen; a change makes a new one. */
export interface Snapshot {
  /** Rises by one with each accepted change. */
  readonly revision: number;
  /** The bytes on disk, a byte order mark included. */
  readonly text: string;
  /** The document with defaults, legacy keys folded in and entries normalised. */
  readonly config: Config;
  /** The top-level keys in the order of the file. */
  readonly keyOrder: readonly string[];
  /** What the text says without effect, misspelt or unsafe. */
  readonly notices: readonly ConfigNotice[];
  /** Certificate and key to serve HTTPS with; `undefined` for HTTP. */
  readonly tls?: TlsPair | undefined;
  /** Why the files of `tls` cannot be used now: `tls` is what they held before. */
  readonly tlsProblem?: InvalidConfig | undefined;
  /** `auth-dir` as an absolute path, `~` resolved. */
  readonly authDir: string;
}

/** One change of the document. `undefined` deletes the key; missing parents are made. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}
