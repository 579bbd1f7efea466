// What the config and the account files would offer without the switches that take it away, for those who ask why not.
import type { Config } from '../../../../src-shared/config.ts';
import { compatibleList, keyListNames } from '../../../../src-shared/providers.ts';
import type { Account } from '../../../accounts/account.ts';

/** Nothing is disabled or excluded. */
export function unrestrictedConfig(config: Config): Config {
  const lists = [...keyListNames, compatibleList] as const;
  const enabled = lists.map((list) => [
    list,
    config[list].map((entry) => ({ ...entry, disabled: false, 'excluded-models': [] })),
  ]);
  return { ...config, ...Object.fromEntries(enabled), 'oauth-excluded-models': {} };
}

export const unrestrictedAccount = (account: Account): Account => ({
  ...account,
  disabled: false,
  options: { ...account.options, excluded_models: [] },
});
