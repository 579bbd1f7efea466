import { isObject } from '../../../../src-shared/json.ts';
import { sseComment, sseFrame } from '../../model/sse.ts';
import type { ClientFormat } from '../client-side.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import { chatUsage } from '../shared/usage.ts';
import { chatClient } from './client-side.ts';
import { decodeChatRequest } from './decode-request.ts';
import { ChatStreamDecoder, decodeChatResponse } from './decode-response.ts';
import { encodeChatRequest } from './encode-request.ts';
import { ChatStreamEncoder, encodeChatResponse } from './encode-response.ts';
import { chatPassthrough } from './passthrough/body.ts';
import { ChatInspector } from './passthrough/stream-inspector.ts';
import { chatSupport } from './support.ts';

/** OpenAI chat completions, and what the many compatible servers make of them. */
export const chat: ClientFormat = {
  name: 'chat',
  payloadNames: { upstream: 'openai', client: 'openai' },
  title: 'Chat',
  family: 'chat',
  errorFamily: 'openai',
  support: chatSupport,
  builtInTools: new Map(),
  customTools: false,
  userFirst: false,

  decodeRequest: decodeChatRequest,
  encodeRequest: encodeChatRequest,
  decodeResponse: decodeChatResponse,
  encodeResponse: encodeChatResponse,
  streamDecoder: (context) => new ChatStreamDecoder(context),
  streamEncoder: (context) => new ChatStreamEncoder(context),
  errorBody: openaiErrorBody,
  errorFrame: (error) => sseFrame(openaiErrorBody(error)),
  keepAlive: () => sseComment,
  usage: (json) => (isObject(json) ? chatUsage(json.usage) : undefined),
  usageMember: 'usage',
  requiredMember: 'choices',
  streamInspector: () => new ChatInspector(chat.usage),
  passthrough: chatPassthrough,
  client: chatClient,
};
