// Handlers of the whole config.
import type { ConfigContract } from '../../../src-shared/contract/config.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import { describeCheck } from '../../config/store/config-document.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';

export function configHandlers(config: ConfigStore): Implementation<ConfigContract<Settings>> {
  return {
    'config.get': () => config.view,
    'config-yaml.get': async () => ({ text: await config.storedText() }),
    'config-yaml.put': async ({ text }, actor) => {
      const before = config.current.notices;
      await config.replace(text, actor);
      const { notices } = config.current;
      const isTold = before.length > 0 || notices.length > 0;
      return { ok: true, changed: ['config'], ...(isTold && { notices: [...notices] }) };
    },
    'config-notices.list': () => ({ notices: [...config.current.notices] }),
    'config-yaml.check': ({ text }) => describeCheck(() => config.check(text)),
  };
}
