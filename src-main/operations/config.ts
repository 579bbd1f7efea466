// Handlers of the whole config.
import type { configContract } from '../../src-shared/contract/config.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { ConfigStore } from '../core/config-store.ts';
import { configView } from '../core/config-view.ts';

export function configHandlers(config: ConfigStore): Implementation<typeof configContract> {
  return {
    'config.get': () => configView(config.current.config),
    'config-yaml.get': async () => ({ text: await config.readText() }),
    'config-yaml.put': async ({ text }, actor) => {
      await config.replace(text, actor);
      return { ok: true, changed: ['config'] };
    },
  };
}
