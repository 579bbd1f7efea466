// Handlers of the clients that presented no or a wrong management key.
import type { RefusedClient, refusedClientsContract } from '../../src-shared/contract/banned-clients.ts';
import { done } from '../../src-shared/contract/helpers/done.ts';
import type { Implementation } from '../../src-shared/operation.ts';

/** Where refused clients are known: the gate of the management API. */
export interface RefusedClients {
  list(): readonly RefusedClient[];
  /** Throws Problem `item_not_found`. */
  unblock(address: string): void;
}

export function refusedClientHandlers(refused: RefusedClients): Implementation<typeof refusedClientsContract> {
  return {
    'refused-clients.list': () => ({ clients: [...refused.list()] }),
    'refused-clients.unblock': ({ address }) => {
      refused.unblock(address);
      return done;
    },
  };
}
