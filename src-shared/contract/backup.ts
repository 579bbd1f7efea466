// Everything of the program in one encrypted file.
import { z } from 'zod';
import { operation } from '../operation.ts';

const part = z.enum(['config', 'accounts', 'labels', 'usage']);
export type BackupPart = z.output<typeof part>;

const item = z.object({
  part,
  /** A file's name, or a label. */
  name: z.string(),
  /** What restoring does to it. Usage is added up: what is there already is skipped. */
  change: z.enum(['new', 'changed', 'same']),
});
export type BackupItem = z.output<typeof item>;

const passphrase = z.string().min(8).max(1000);

export const backupContract = {
  'backup.create': operation({
    summary: 'Config, accounts, key labels and usage in one file, encrypted with a passphrase (age)',
    input: z.object({ passphrase }),
    output: z.object({ name: z.string(), content: z.string() }),
    http: {
      method: 'POST',
      path: '/backup',
      body: 'json',
      encode: ({ name, content }: { readonly name: string; readonly content: string }) => ({
        type: 'text/plain; charset=utf-8',
        headers: { 'content-disposition': `attachment; filename="${name}"` },
        body: content,
      }),
      wireAnswer: z.string(),
    },
  }),
  'backup.restore': operation({
    summary: 'What a backup would change here; with preview false it is restored. What it does not have stays',
    input: z.object({
      /** The encrypted file as text. */
      content: z.string(),
      passphrase,
      preview: z.boolean().default(true),
      parts: z.array(part).default(['config', 'accounts', 'labels', 'usage']),
    }),
    output: z.object({
      /** RFC 3339, when it was made. */
      time: z.string(),
      items: z.array(item),
      restored: z.boolean(),
    }),
    http: { method: 'POST', path: '/backup/restore', body: 'json' },
  }),
};
