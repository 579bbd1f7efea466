// What a client says on its socket.
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, readValue, valueBytes, withMembers } from '../bytes/json-members.ts';

export interface CreateMessage {
  readonly kind: 'create';
  /** The conversation on the socket that it belongs to; `''`: the one without a name. */
  readonly streamId: string;
  readonly body: ChunkedBuffer;
  readonly members: readonly JsonMember[];
  /** Nothing is to be generated: later requests go on from it. */
  readonly isWarmUp: boolean;
  /** For an upstream that is asked over a socket too, as JSON. */
  readonly clientMetadata: Buffer | undefined;
}

export type ClientMessage =
  | CreateMessage
  /** Needs no answer. */
  | { readonly kind: 'processed' }
  | { readonly kind: 'invalid'; readonly streamId: string; readonly message: string; readonly param?: string };

const maxStreamIdLength = 256;

/** Members of the message that are no part of the request. */
const ofTheMessage = { type: undefined, generate: undefined, stream_id: undefined, client_metadata: undefined };

export function readMessage(bytes: Buffer): ClientMessage {
  const json = new ChunkedBuffer([bytes]);
  const members = membersOf(json);
  if (members === undefined) return { kind: 'invalid', streamId: '', message: 'The message is not a JSON object.' };
  const value = (name: string) => readValue(json, members, name);
  const streamId = value('stream_id') ?? '';
  if (typeof streamId !== 'string' || streamId.length > maxStreamIdLength) {
    const message = `stream_id must be a text of at most ${maxStreamIdLength} letters.`;
    return { kind: 'invalid', streamId: '', message, param: 'stream_id' };
  }
  const type = value('type');
  if (type === 'response.processed') return { kind: 'processed' };
  if (type !== 'response.create') {
    const named = typeof type === 'string' ? `of the type ${type.slice(0, 100)}` : 'without a type';
    return { kind: 'invalid', streamId, message: `Messages ${named} are not served here.`, param: 'type' };
  }
  if (value('background') === true) {
    const message = 'Responses in the background are not served on a WebSocket.';
    return { kind: 'invalid', streamId, message, param: 'background' };
  }
  const metadata = memberNamed(members, 'client_metadata');
  const body = new ChunkedBuffer(withMembers(json, members, { ...ofTheMessage, stream: 'true' }));
  return {
    kind: 'create',
    streamId,
    body,
    members: membersOf(body) ?? [],
    isWarmUp: value('generate') === false,
    clientMetadata: metadata && valueBytes(json, metadata),
  };
}
