// A request that generates nothing: its conversation is kept for those that go on from it, and nobody is asked.
import { readValue } from '../bytes/json-members.ts';
import { ownItems, previousId } from '../kept-responses/continuation.ts';
import { joinItems } from '../kept-responses/response-store.ts';
import type { SocketConversations } from '../kept-responses/socket-conversations.ts';
import type { CreateMessage } from './client-message.ts';
import { errorMessageOf } from './error-message.ts';

export interface WarmUpPlace {
  readonly conversations: SocketConversations;
  /** Everything said up to and with an earlier response. */
  readonly conversationOf: (id: string) => string | undefined;
  readonly newId: (prefix: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The messages that answer it. */
export function warmUp({ body, members }: CreateMessage, place: WarmUpPlace): readonly unknown[] {
  const previous = previousId({ body, members });
  const said = previous === undefined ? '' : place.conversationOf(previous);
  if (said === undefined) {
    const message = `Previous response with id '${previous}' not found.`;
    const named = { code: 'previous_response_not_found', param: 'previous_response_id' };
    return [errorMessageOf({ status: 400, message, ...named })];
  }
  const id = place.newId('resp_');
  place.conversations.keep(id, { items: joinItems([said, ownItems(body, members)]), credential: undefined });
  const response = {
    ...{ id, object: 'response', created_at: Math.floor(place.now / 1_000), model: readValue(body, members, 'model') },
    ...{ previous_response_id: previous ?? null, output: [], error: null, incomplete_details: null },
  };
  const usage = {
    ...{ input_tokens: 0, input_tokens_details: { cached_tokens: 0 }, output_tokens: 0 },
    ...{ output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 0 },
  };
  return [
    { type: 'response.created', sequence_number: 0, response: { ...response, status: 'in_progress', usage: null } },
    { type: 'response.completed', sequence_number: 1, response: { ...response, status: 'completed', usage } },
  ];
}
