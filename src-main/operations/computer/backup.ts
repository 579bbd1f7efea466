// Handlers of the backup.
import type { backupContract } from '../../../src-shared/contract/backup.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { Backups } from '../../backup/backups.ts';

export const backupHandlers = (backups: Backups): Implementation<typeof backupContract> => ({
  'backup.create': ({ passphrase }, actor) => backups.create(passphrase, actor),
  'backup.restore': (input, actor) => backups.restore(input, actor),
});
