// Account files of an earlier installation.
import { z } from 'zod';
import { operation } from '../operation.ts';

export const foundAccountsContract = {
  'found-accounts.get': operation({
    summary: 'Account files of an earlier installation',
    input: z.undefined(),
    output: z.object({
      directory: z.string(),
      files: z.array(z.object({ name: z.string(), type: z.string(), unsupported: z.string().optional() })),
    }),
    http: { method: 'GET', path: '/found-accounts' },
  }),
  'found-accounts.copy': operation({
    summary: 'Copy the account files of an earlier installation here',
    input: z.undefined(),
    output: z.object({ copied: z.int().min(0) }),
    http: { method: 'POST', path: '/found-accounts' },
  }),
};
