// What happens to clients that present no or a wrong management key, for instances that count it together.
import type { RejectedClient } from '../../src-shared/contract/banned-clients.ts';

/** `address`: an IPv4 address or an IPv6 network, never one of this machine. */
export type BanChange =
  | {
      readonly kind: 'failed';
      readonly address: string;
      readonly agent: string;
      readonly reason: RejectedClient['reason'];
    }
  | { readonly kind: 'forgotten'; readonly address: string };
