// Calls over a connection that stays open from one request to the next.
import type { Credential } from '../routing/credential.ts';
import type { UpstreamCall, UpstreamResponse } from '../upstream/send.ts';

export interface UpstreamSocket {
  /** Whether the response of this id was made over this connection, which can go on from it. */
  made(id: string): boolean;
  /** Opens the connection when it is not open. As `send` otherwise: the response is one of server-sent events. */
  send(call: UpstreamCall): Promise<UpstreamResponse>;
}

/** Undefined for a credential that is asked over HTTP. */
export type UpstreamSockets = (credential: Credential) => UpstreamSocket | undefined;
