// Earlier versions of the config.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { actorKind } from './helpers/actor-kind.ts';

const change = z.object({
  /** `routing.strategy`. */
  path: z.string(),
  /** `moved`: the order of a list. */
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  /** The name of an item of a list; `''` where it has none. */
  item: z.string(),
  /** Values that are no secrets; `''` otherwise. */
  before: z.string(),
  after: z.string(),
});
export type ConfigChange = z.output<typeof change>;

const count = z.int().min(0);

const configVersion = z.object({
  id: z.string(),
  time: z.string(),
  actor: actorKind,
  size: count,
  /** What it changed in the version before, the first few; none for the oldest. */
  changes: z.array(change),
  /** How many changes there are in all. */
  total: count,
  /** Lines. */
  added: count,
  removed: count,
});
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
