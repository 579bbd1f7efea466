import { isObject } from '../../model/json.ts';
import { sseComment, sseFrame } from '../../model/sse.ts';
import type { Format } from '../format.ts';
import { openaiErrorBody } from '../shared/openai-errors.ts';
import { chatUsage } from '../shared/usage.ts';
import { ChatStreamDecoder, decodeChatResponse } from './decode-answer.ts';
import { decodeChatRequest } from './decode-request.ts';
import { ChatStreamEncoder, encodeChatResponse } from './encode-answer.ts';
import { encodeChatRequest } from './encode-request.ts';

/** OpenAI chat completions, and what the many compatible servers make of them. */
export const chat: Format = {
  name: 'chat',
  decodeRequest: decodeChatRequest,
  encodeRequest: encodeChatRequest,
  decodeResponse: decodeChatResponse,
  encodeResponse: encodeChatResponse,
  streamDecoder: (context) => new ChatStreamDecoder(context),
  streamEncoder: (context) => new ChatStreamEncoder(context),
  errorBody: openaiErrorBody,
  errorFrame: (fault) => sseFrame(openaiErrorBody(fault)),
  keepAlive: sseComment,
  usage: (json) => (isObject(json) ? chatUsage(json.usage) : undefined),
};
