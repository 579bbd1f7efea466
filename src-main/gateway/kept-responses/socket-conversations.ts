// What was said on one socket: its client goes on from there whatever services keep, and it is gone with the socket.
import { LRUCache } from 'lru-cache';

export interface SocketConversation {
  /** Everything said up to and with a response, as the text of a JSON list without brackets. */
  readonly items: string;
  /** Id of the credential that made the response; undefined: nobody was asked. */
  readonly credential: string | undefined;
}

const maxResponses = 16;
const maxBytes = 16 * 1024 * 1024;

export class SocketConversations {
  /** Made with the first response: most sockets are idle. */
  #kept: LRUCache<string, SocketConversation> | undefined;

  keep(id: string, conversation: SocketConversation): void {
    this.#kept ??= new LRUCache({
      max: maxResponses,
      maxSize: maxBytes,
      sizeCalculation: ({ items }) => items.length + 1,
    });
    this.#kept.set(id, conversation);
  }

  find(id: string): SocketConversation | undefined {
    return this.#kept?.get(id);
  }
}
