// Handlers of the earlier versions of the config.
import type { configHistoryContract } from '../../../src-shared/contract/config-history.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { ConfigVersions } from '../../config/config-history.ts';
import { versionComparer } from '../../config/version-changes.ts';

export function configHistoryHandlers(history: ConfigVersions): Implementation<typeof configHistoryContract> {
  const withChanges = versionComparer((id) => history.text(id));
  return {
    'config-history.list': async () => ({ versions: await withChanges(await history.list()) }),
    'config-history.get': async ({ id }) => ({ text: await history.text(id) }),
  };
}
