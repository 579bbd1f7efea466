// Handlers of models that are made of models.
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { modelChainsContract } from '../../../src-shared/contract/model-chains.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';

const key = 'model-chains';

export function modelChainHandlers(config: ConfigStore): Implementation<typeof modelChainsContract> {
  return {
    'model-chains.list': () => ({
      chains: Object.entries(config.current.config[key]).map(([name, models]) => ({ name, models: [...models] })),
    }),
    'model-chains.set': async ({ name, models }, actor) => {
      await config.edit(() => [{ path: [key, name], value: models }], actor);
      return done;
    },
    'model-chains.remove': async ({ name }, actor) => {
      await config.edit((current) => {
        if (!Object.hasOwn(current[key], name)) throw new Problem('item_not_found');
        const isLast = Object.keys(current[key]).length === 1;
        return [{ path: isLast ? [key] : [key, name], value: undefined }];
      }, actor);
      return done;
    },
  };
}
