// Where accounts are kept, whatever keeps them.
import type { Actor } from '../../src-shared/operation.ts';
import type { FoundFile } from './auth-file.ts';

/** Called with names that may have changed, `undefined`: everything may have; `actor`: by whom, where that is known. */
export type OnAccounts = (names: readonly string[] | undefined, actor?: Actor) => Promise<void>;

export interface AccountFolder {
  /** The directory, or what stands for it. */
  readonly directory: string;
  /** Ready to be used and watched, before anything is read. Problems of the directory are logged. */
  open(onChange: OnAccounts): Promise<void>;
  /** Names of all accounts, unsorted. Throws the system error. */
  names(): readonly string[];
  /** What is known of an account without its text. Throws the system error. */
  find(name: string): FoundFile | undefined;
  /** Throws Problem `file_read_failed`. */
  read(name: string): FoundFile | undefined;
  /** Has `names`, `find` and `read` tell what is there now, of one account or all. Throws Problem. */
  refresh(name?: string): Promise<void>;
  /** Creates or replaces. Throws Problem. */
  write(name: string, text: string, actor: Actor): Promise<void>;
  /** Replaces what is still as it was found; false when it is not. Throws Problem. */
  replaceUnchanged(found: FoundFile, text: string, actor: Actor): Promise<boolean>;
  /** Throws Problem `file_not_found`, `file_write_failed`. */
  remove(name: string, actor: Actor): Promise<void>;
  close(): Promise<void>;
}
