// Handlers of the clients that presented no or a wrong management key.
import type { bannedClientsContract, RejectedClient } from '../../src-shared/contract/banned-clients.ts';
import { done } from '../../src-shared/contract/helpers/done.ts';
import type { Implementation } from '../../src-shared/operation.ts';

/** The ban list of the management API. */
export interface Bans {
  list(): readonly RejectedClient[];
  /** Throws Problem `item_not_found`. */
  unban(address: string): void;
}

export function bannedClientHandlers(bans: Bans): Implementation<typeof bannedClientsContract> {
  return {
    'banned-clients.list': () => ({ clients: [...bans.list()] }),
    'banned-clients.unban': ({ address }) => {
      bans.unban(address);
      return done;
    },
  };
}
