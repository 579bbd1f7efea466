// Earlier versions of the config.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { actorKind } from './helpers/actor-kind.ts';

const configVersion = z.object({ id: z.string(), time: z.string(), actor: actorKind, size: z.int().min(0) });
export type ConfigVersion = z.output<typeof configVersion>;

export const configHistoryContract = {
  'config-history.list': operation({
    summary: 'Earlier versions of the config, newest first',
    input: z.undefined(),
    output: z.object({ versions: z.array(configVersion) }),
    http: { method: 'GET', path: '/config-history' },
  }),
  'config-history.get': operation({
    summary: 'One earlier version of the config',
    input: z.object({ id: z.string() }),
    output: z.object({ text: z.string() }),
    http: { method: 'GET', path: '/config-history/:id', decode: ({ params }) => ({ id: params.id }) },
  }),
};
