// Handlers of the instances that share a database.
import type { Instance, instancesContract } from '../../src-shared/contract/instances.ts';
import type { Implementation } from '../../src-shared/operation.ts';

/** Rejects with Problem `database_away`. */
export type ListInstances = () => Promise<readonly Instance[]>;

export function instanceHandlers(list: ListInstances): Implementation<typeof instancesContract> {
  return { 'instances.list': async () => ({ instances: [...(await list())] }) };
}
