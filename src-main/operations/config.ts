// Handlers of the whole config.
import type { configContract } from '../../src-shared/contract/config.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { readConfigText } from '../config/config-text.ts';
import { configView } from '../config/config-view.ts';
import type { ConfigStore } from '../config/store/config-store.ts';

export function configHandlers(config: ConfigStore): Implementation<typeof configContract> {
  return {
    'config.get': () => configView(config.current.config),
    'config-yaml.get': async () => ({ text: await readConfigText(config.file) }),
    'config-yaml.put': async ({ text }, actor) => {
      await config.replace(text, actor);
      return { ok: true, changed: ['config'] };
    },
  };
}
