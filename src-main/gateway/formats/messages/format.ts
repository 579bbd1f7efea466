import { isObject, objectOf } from '../../model/json.ts';
import { sseFrame } from '../../model/sse.ts';
import type { Format } from '../format.ts';
import { decodeMessagesResponse, MessagesStreamDecoder } from './decode-answer.ts';
import { decodeMessagesRequest } from './decode-request.ts';
import { encodeMessagesResponse, MessagesStreamEncoder } from './encode-answer.ts';
import { encodeMessagesRequest } from './encode-request.ts';
import { messagesErrorBody } from './errors.ts';
import { messagesUsage } from './usage.ts';

/** Anthropic Messages. */
export const messages: Format = {
  name: 'messages',
  decodeRequest: decodeMessagesRequest,
  encodeRequest: encodeMessagesRequest,
  decodeResponse: decodeMessagesResponse,
  encodeResponse: encodeMessagesResponse,
  streamDecoder: (context) => new MessagesStreamDecoder(context),
  streamEncoder: (context) => new MessagesStreamEncoder(context),
  errorBody: messagesErrorBody,
  errorFrame: (fault) => sseFrame(messagesErrorBody(fault), 'error'),
  keepAlive: sseFrame({ type: 'ping' }, 'ping'),
  usage: (json) =>
    isObject(json) ? (messagesUsage(json.usage) ?? messagesUsage(objectOf(json.message).usage)) : undefined,
};
