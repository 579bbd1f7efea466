import { isObject } from '../../../../src-shared/json.ts';
import { objectOf } from '../../model/json.ts';
import { sseFrame } from '../../model/sse.ts';
import type { ClientFormat } from '../client-side.ts';
import { messagesTools } from './built-in-tools/tools.ts';
import { withCacheMarks } from './cache-marks.ts';
import { messagesClient } from './client-side.ts';
import { decodeMessagesRequest } from './decode-request.ts';
import { decodeMessagesResponse, MessagesStreamDecoder } from './decode-response.ts';
import { encodeMessagesRequest } from './encode-request.ts';
import { encodeMessagesResponse, MessagesStreamEncoder } from './encode-response.ts';
import { messagesErrorBody } from './errors.ts';
import { messagesPassthrough } from './passthrough/body.ts';
import { MessagesInspector } from './passthrough/stream-inspector.ts';
import { messagesSupport } from './support.ts';
import { messagesCounting } from './token-counting.ts';
import { messagesUsage } from './usage.ts';

/** Anthropic Messages. */
export const messages: ClientFormat = {
  name: 'messages',
  payloadNames: { upstream: 'claude', client: 'claude' },
  title: 'Messages',
  family: 'messages',
  errorFamily: 'anthropic',
  support: messagesSupport,
  builtInTools: messagesTools,
  customTools: false,
  userFirst: true,

  withCacheMarks,
  decodeRequest: decodeMessagesRequest,
  encodeRequest: encodeMessagesRequest,
  decodeResponse: decodeMessagesResponse,
  encodeResponse: encodeMessagesResponse,
  streamDecoder: (context) => new MessagesStreamDecoder(context),
  streamEncoder: (context) => new MessagesStreamEncoder(context),
  errorBody: messagesErrorBody,
  errorFrame: (error) => sseFrame(messagesErrorBody(error), 'error'),
  keepAlive: () => sseFrame({ type: 'ping' }, 'ping'),
  usage: (json) =>
    isObject(json) ? (messagesUsage(json.usage) ?? messagesUsage(objectOf(json.message).usage)) : undefined,
  usageMember: 'usage',
  requiredMember: 'content',
  streamInspector: () => new MessagesInspector(messages.usage),
  passthrough: messagesPassthrough,
  counting: messagesCounting,
  client: messagesClient,
};
