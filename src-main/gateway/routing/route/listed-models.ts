// What model lists show: the models that are offered, and the chains of them.
import type { OfferedModel } from '../credential.ts';
import type { Pool } from '../pool.ts';
import { elementsOf } from './elements.ts';

/** Chains behind the models; one of a model's own name stands in its place. */
export function listedModels(pool: Pool): readonly OfferedModel[] {
  const { chains } = pool;
  if (chains.length === 0) return pool.models;
  const names = new Set(pool.models.map(({ name }) => name.toLowerCase()));
  const added = chains.flatMap(({ name }) => {
    const model = names.has(name.toLowerCase()) ? undefined : chainModel(pool, name);
    return model === undefined ? [] : [model];
  });
  return [...pool.models, ...added];
}

/** The model or chain of a name; undefined when nobody offers it. */
export const listedModel = (pool: Pool, name: string): OfferedModel | undefined =>
  pool.chain(name) === undefined ? pool.listed(name)[0]?.model : chainModel(pool, name);

/** It is known by what its first element can do; undefined while no element is offered. */
function chainModel(pool: Pool, name: string): OfferedModel | undefined {
  const { chain = name, elements } = elementsOf(pool, name);
  const first = elements.flatMap(({ resolved }) => resolved.offers)[0];
  return first && { ...first.model, name: chain };
}
