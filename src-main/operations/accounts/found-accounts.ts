// Handlers of the account files of an earlier installation.
import type { foundAccountsContract } from '../../../src-shared/contract/found-accounts.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { unsupportedFile } from '../../accounts/unsupported.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import { copyAccounts, findAccounts, type Judge } from '../../auth-files/found-accounts.ts';

const judge: Judge = (file) => unsupportedFile(file)?.message;

export const foundAccountHandlers = (authFiles: AuthFiles): Implementation<typeof foundAccountsContract> => ({
  'found-accounts.get': () => findAccounts(authFiles, judge),
  'found-accounts.copy': async (_input, actor) => ({ copied: await copyAccounts(authFiles, actor, judge) }),
});
