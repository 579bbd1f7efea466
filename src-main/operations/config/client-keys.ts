// Handlers of the labels of client keys.
import type { clientKeysContract } from '../../../src-shared/contract/client-keys.ts';
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { KeyLabels } from '../../config/key-labels.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';

export function clientKeyHandlers(
  config: ConfigStore,
  labels: KeyLabels,
  keyId: (key: string) => string,
): Implementation<typeof clientKeysContract> {
  return {
    'client-keys.list': () => ({
      keys: labels.describe(config.current.config['api-keys']).map((entry) => ({ ...entry, key_id: keyId(entry.key) })),
    }),
    'client-keys.label': async ({ key, label }) => {
      await labels.set(key, label);
      return done;
    },
  };
}
