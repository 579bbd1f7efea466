// Which account files belong to which provider.
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import type { ProviderRow } from '../../../../src-shared/provider-row.ts';
import { providerOfType } from '../../../../src-shared/providers.ts';

export interface AccountGroup<R extends ProviderRow> {
  readonly provider: R;
  readonly accounts: readonly AccountFile[];
}

/** A group for each provider, in the order of the providers, empty ones included. */
export function groupAccounts<R extends ProviderRow>(
  files: readonly AccountFile[],
  providers: readonly R[],
): readonly AccountGroup<R>[] {
  return providers.map((provider) => ({
    provider,
    accounts: files.filter((file) => providerOfType(providers, file.provider) === provider),
  }));
}

/** Files of no provider that this program signs in to. */
export const accountsOfNone = (
  files: readonly AccountFile[],
  providers: readonly ProviderRow[],
): readonly AccountFile[] => files.filter((file) => providerOfType(providers, file.provider) === undefined);
