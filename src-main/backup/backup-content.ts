// What a backup holds, before it is encrypted.
import { z } from 'zod';
import { Problem } from '../../src-shared/problem.ts';

const content = z.object({
  format: z.literal('cli-proxy-desktop-backup'),
  version: z.literal(1),
  /** RFC 3339. */
  time: z.string(),
  /** The YAML as it was on disk. */
  config: z.string(),
  accounts: z.array(z.object({ name: z.string(), content: z.string() })),
  labels: z.array(z.object({ key: z.string(), label: z.string() })),
  /** As `GET /usage/export` gives it. */
  usage: z.record(z.string(), z.unknown()),
});
export type BackupContent = z.output<typeof content>;

/** Throws Problem `backup_unreadable`. */
export function parseBackup(text: string): BackupContent {
  try {
    return content.parse(JSON.parse(text));
  } catch (error) {
    throw new Problem('backup_unreadable', 'The passphrase is right, but this is no backup of this program.', {
      cause: error,
    });
  }
}
