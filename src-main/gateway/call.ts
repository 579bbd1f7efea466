// One request of a client on its way through the gateway.
import type { IncomingMessage } from 'node:http';
import type { ClientResponse, ResponseStream } from './client/client-response.ts';
import type { Client } from './policies/clients.ts';
import type { RequestRecording } from './records/request-record.ts';
import type { Turn } from './sockets/turn.ts';

export interface Call {
  readonly request: IncomingMessage;
  readonly serverResponse: ResponseStream;
  /** Without query. */
  readonly path: string;
  readonly query: string;
  readonly response: ClientResponse;
  readonly signal: AbortSignal;
  /** For the statistics: the client's key, or method and path. */
  readonly api: string;
  readonly client: Client;
  /** Of a message on a socket. */
  readonly turn: Turn | undefined;
  readonly recording: RequestRecording;
}
