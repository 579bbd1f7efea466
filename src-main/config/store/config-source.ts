// Where the text of the config is kept, whatever keeps it.
import type { Actor } from '../../../src-shared/operation.ts';

/** The text as it was read, and the way to put another in its place. */
export interface StoredText {
  /** A byte order mark included. */
  readonly text: string;
  /** Who wrote it, where that is known. */
  readonly actor?: Actor;
  /** False: another write came first and wins; start again from what is there then. Throws Problem. */
  replace(next: string, actor: Actor): Promise<boolean>;
}

export interface ConfigWatch {
  /** To be called after a change: what is watched may be elsewhere then. */
  update(): void;
  close(): Promise<void>;
}

export interface ConfigSource {
  /** `undefined` when there is no config. Throws Problem. */
  read(): StoredText | undefined | Promise<StoredText | undefined>;
  /** As it is, read or not; `undefined`: as it was read last. Throws Problem `config_missing`, `config_unreadable`. */
  present(): Promise<string | undefined>;
  /** Replaces or creates the text whatever is there. Throws Problem. */
  overwrite(text: string, actor: Actor): Promise<void>;
  /** `onActivity` is called after anything may have happened; it resolves when that is in force. */
  watch(onActivity: () => Promise<void>): Promise<ConfigWatch>;
}
