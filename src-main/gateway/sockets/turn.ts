// One request of a client that came as a message on its socket.
import type { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import type { SocketConversations } from '../kept-responses/socket-conversations.ts';
import type { UpstreamSockets } from '../request/upstream-sockets.ts';

export interface Turn {
  /** The body that the request would have over HTTP. */
  readonly body: ChunkedBuffer;
  readonly conversations: SocketConversations;
  /** The session of a request that names none. */
  readonly sessionId: string;
  readonly upstreamSockets: UpstreamSockets;
}

/** What a record calls such a request. */
export const turnForm = 'responses-ws';
