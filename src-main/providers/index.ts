// The table of providers, one file each. `npm run generate` writes which there are.
import { type ProviderId, providerOfType, providerRows } from '../../src-shared/providers.ts';
import type { Provider } from './provider.ts';
import { providersById } from './table.ts';

/** In the order of their rows. */
export const providers: readonly Provider[] = Object.keys(providerRows).map((id) => providersById[id as ProviderId]);

/** The provider of a channel of models, by its id or another name; case does not matter. */
export function providerOfChannel(among: readonly Provider[], channel: string): Provider | undefined {
  const name = channel.trim().toLowerCase();
  return among.find(
    ({ row, models }) => models.family !== undefined && (row.id === name || models.channels?.includes(name)),
  );
}

/** The provider of account files with this `type`. */
export function providerOfFile(among: readonly Provider[], type: string): Provider | undefined {
  const row = providerOfType(
    among.map((provider) => provider.row),
    type,
  );
  return among.find((provider) => provider.row === row);
}
