// Client keys with their labels.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ok } from './helpers/done.ts';

const clientKey = z.object({
  key: z.string(),
  /** What stands for the key where keys are not shown, such as in the history of requests. */
  key_id: z.string(),
  /** `''` without a label. */
  label: z.string(),
  /** When the key was labelled first; `''` for keys this program has not made. */
  created: z.string(),
});
export type ClientKey = z.output<typeof clientKey>;

export const clientKeysContract = {
  'client-keys.list': operation({
    summary: 'Client keys with their labels',
    input: z.undefined(),
    output: z.object({ keys: z.array(clientKey) }),
    http: { method: 'GET', path: '/client-keys' },
  }),
  'client-keys.label': operation({
    summary: 'Label a client key; the label is kept beside the config',
    input: z.object({ key: z.string().min(1), label: z.string().max(100) }),
    output: ok,
    http: { method: 'PUT', path: '/client-keys/label', body: 'json' },
  }),
};
