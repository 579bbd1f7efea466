// What a backup holds.
import type { BackupPart } from '../../../../src-shared/contract/backup.ts';

/** In the order in which they are shown. */
export const backupParts: readonly BackupPart[] = ['config', 'accounts', 'labels', 'usage'];

/** Letters, as the operation wants it. */
export const minPassphrase = 8;

/** A file of this many bytes fits into one call. */
export const maxBackupBytes = 30 * 1024 * 1024;
