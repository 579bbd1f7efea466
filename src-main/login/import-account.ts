// Signing in with a file that a provider has issued.
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import type { Fields } from '../net/provider-request.ts';
import type { FileSignIn } from '../providers/provider.ts';
import type { AccountSaver } from './save-account.ts';

/** An account as it was stored. */
export interface ImportedAccount {
  /** The name of its file. */
  readonly file: string;
  readonly content: Fields;
}

interface ImportParts {
  readonly signIn: FileSignIn;
  readonly saver: AccountSaver;
  readonly log: Logger;
}

interface GivenFile {
  readonly text: string;
  /** `''` for the usual place. */
  readonly location: string;
  readonly actor: Actor;
}

/** Throws Problem that says what is wrong with the file, `import_failed` when the account cannot be stored. */
export async function importAccount(
  { signIn, saver, log }: ImportParts,
  { text, location, actor }: GivenFile,
): Promise<ImportedAccount> {
  const account = signIn.read(text, location);
  try {
    const file = await saver.save(account, {}, actor, new AbortController().signal);
    log.info(`sign-in by a file: the account is stored in ${file}`);
    return { file, content: account.content };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('import_failed', error.message, { cause: error });
  }
}
