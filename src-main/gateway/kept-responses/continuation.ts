// A request that goes on from an earlier response: to the service that keeps that response, or with everything said so far.
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, readValue, withMembers } from '../bytes/json-members.ts';
import type { ClientRequest, Continuation } from '../client/client-request.ts';
import { joinItems, type ResponseStore } from './response-store.ts';
import type { SocketConversations } from './socket-conversations.ts';

const previousMember = 'previous_response_id';

/** The items of a request's own turn, as the text of a JSON list without brackets. */
export function ownItems(body: ChunkedBuffer, members: readonly JsonMember[]): string {
  const member = memberNamed(members, 'input');
  if (member === undefined) return '';
  const text = body.text(member.valueStart, member.valueEnd).trim();
  if (text.startsWith('[')) return text.slice(1, -1).trim();
  const value = readValue(body, members, 'input');
  if (typeof value !== 'string') return '';
  return JSON.stringify({ type: 'message', role: 'user', content: [{ type: 'input_text', text: value }] });
}

/** The response that a request goes on from. */
export function previousId({ body, members }: Pick<ClientRequest, 'body' | 'members'>): string | undefined {
  const value = readValue(body, members, previousMember);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The body with the whole conversation instead of the id. */
export function withConversation(
  body: ChunkedBuffer,
  members: readonly JsonMember[],
  conversation: string,
): ChunkedBuffer {
  const input = `[${joinItems([conversation, ownItems(body, members)])}]`;
  return new ChunkedBuffer(withMembers(body, members, { input, [previousMember]: undefined }));
}

/** Where the conversations of a client are kept; `socket`: those of the socket that a request came on. */
export interface KeepingPlace {
  readonly store: ResponseStore;
  readonly clientKey: string;
  readonly socket?: SocketConversations | undefined;
}

export const conversationOf = (id: string, { store, clientKey, socket }: KeepingPlace): string | undefined =>
  socket?.find(id)?.items ?? store.conversation(id, clientKey);

/**
 * @param read a request from another body
 */
export function continuationOf(
  request: ClientRequest,
  { store, clientKey, socket }: KeepingPlace,
  read: (body: ChunkedBuffer) => ClientRequest,
): Continuation | undefined {
  const id = previousId(request);
  if (id === undefined) return undefined;
  let whole: ClientRequest | undefined;
  return {
    id,
    isForeign: socket?.find(id) === undefined && store.isForeign(id, clientKey),
    isOfSocket: socket !== undefined,
    maker: socket?.find(id)?.credential ?? store.makerOf(id, clientKey),
    expanded: () => {
      const conversation = whole === undefined ? conversationOf(id, { store, clientKey, socket }) : undefined;
      if (conversation !== undefined) {
        const body = withConversation(request.body, request.members, conversation);
        if (membersOf(body) !== undefined) whole = read(body);
      }
      return whole;
    },
  };
}
