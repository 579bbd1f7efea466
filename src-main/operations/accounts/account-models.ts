// Handlers of the models of accounts and providers.
import type { accountModelsContract } from '../../../src-shared/contract/account-models.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { AccountModels } from '../../accounts/account-models.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import { modelDefinitions } from '../../models/model-definitions.ts';
import { providerOfChannel } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';

/** Channels of CLIProxyAPI whose models this program does not serve. */
const otherChannels = new Set(['gemini-interactions', 'aistudio', 'kimi', 'antigravity']);

export function accountModelHandlers(
  config: ConfigStore,
  accountModels: AccountModels,
  providers: readonly Provider[],
): Implementation<typeof accountModelsContract> {
  return {
    'auth-files.models': async ({ name }) => {
      if (name === '') throw new Problem('name_required');
      return { models: [...(await accountModels.list(name))] };
    },
    'model-definitions.get': ({ channel }) => {
      const name = channel.trim().toLowerCase();
      const provider = providerOfChannel(providers, name);
      if (provider === undefined)
        return otherChannels.has(name) ? { channel: name, models: [] } : { channel, models: null };
      return {
        channel: name,
        models: modelDefinitions(provider.models.owner, name, config.current.config['model-facts']),
      };
    },
  };
}
