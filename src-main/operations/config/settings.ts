// Handlers of the settings that are one value each.
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { SettingsContract } from '../../../src-shared/contract/settings.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';
import { settingAt } from '../../../src-shared/setting-paths.ts';
import { apiSettings, type Settings } from '../../../src-shared/settings.ts';
import { checkSetting } from '../../config/setting-checks.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import { prefixed } from '../prefixed.ts';

/** How one setting is read and written. */
function pair(config: ConfigStore, path: string) {
  return {
    get: () => ({ value: settingAt(config.current.config, path) }),
    set: async ({ value }: { readonly value: unknown }, actor: Actor) => {
      checkSetting(path, value);
      await config.edit(() => [{ path: path.split('/'), value }], actor);
      return done;
    },
  };
}

/** One pair of handlers per row of the table that clients may set. */
export function settingHandlers(config: ConfigStore, table: Settings): Implementation<SettingsContract<Settings>> {
  const pairs = apiSettings(table).map(([path]) => prefixed(path, pair(config, path)));
  return {
    // One pair per path, as the contract has them: both are made from the same table.
    ...(Object.assign({}, ...pairs) as Omit<Implementation<SettingsContract<Settings>>, 'proxy-url.clear'>),
    'proxy-url.clear': async (_input, actor) => {
      await config.edit(() => [{ path: ['proxy-url'], value: '' }], actor);
      return done;
    },
  };
}
