// Handlers of the account files of an earlier installation.
import type { foundAccountsContract } from '../../../src-shared/contract/found-accounts.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import { copyAccounts, findAccounts } from '../../auth-files/found-accounts.ts';

export const foundAccountHandlers = (authFiles: AuthFiles): Implementation<typeof foundAccountsContract> => ({
  'found-accounts.get': () => findAccounts(authFiles),
  'found-accounts.copy': async (_input, actor) => ({ copied: await copyAccounts(authFiles, actor) }),
});
