// Handlers of the clients that presented no or a wrong management key.
import type { RefusedClient, refusedClientsContract } from '../../src-shared/contract/banned-clients.ts';
import { done } from '../../src-shared/contract/helpers/done.ts';
import type { Implementation } from '../../src-shared/operation.ts';

/** The ban list of the management API. */
export interface Bans {
  list(): readonly RefusedClient[];
  /** Throws Problem `item_not_found`. */
  unblock(address: string): void;
}

export function refusedClientHandlers(bans: Bans): Implementation<typeof refusedClientsContract> {
  return {
    'refused-clients.list': () => ({ clients: [...bans.list()] }),
    'refused-clients.unblock': ({ address }) => {
      bans.unblock(address);
      return done;
    },
  };
}
