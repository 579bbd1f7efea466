// Models that are made of models: read, written and removed one by one.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { asObject, foldNames } from '../wire.ts';
import { ok } from './helpers/done.ts';

const path = '/model-chains';
const name = z.string().trim().min(1).max(200);
const chain = z.object({
  /** What clients ask for. */
  name,
  /** Asked in this order. */
  models: z.array(z.string().trim().min(1).max(200)).min(1).max(50),
});
export type ModelChain = z.output<typeof chain>;

export const modelChainsContract = {
  'model-chains.list': operation({
    summary: 'List model-chains, in the order of the config',
    input: z.undefined(),
    output: z.object({ chains: z.array(z.object({ name: z.string(), models: z.array(z.string()) })) }),
    http: { method: 'GET', path },
  }),
  'model-chains.set': operation({
    summary: 'Add a chain of models, or change the models of one',
    input: chain,
    output: ok,
    http: {
      method: 'PUT',
      path,
      body: 'json',
      decode: ({ body }) => foldNames(asObject(body), ['name', 'models']),
    },
  }),
  'model-chains.remove': operation({
    summary: 'Remove a chain of models',
    input: z.object({ name }),
    output: ok,
    http: { method: 'DELETE', path, query: ['name'], decode: ({ query }) => ({ name: query.name ?? '' }) },
  }),
};
