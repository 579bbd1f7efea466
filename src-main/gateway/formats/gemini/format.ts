import { isObject } from '../../model/json.ts';
import { sseComment, sseFrame } from '../../model/sse.ts';
import type { Format } from '../format.ts';
import { decodeGeminiResponse, GeminiStreamDecoder } from './decode-answer.ts';
import { decodeGeminiRequest } from './decode-request.ts';
import { encodeGeminiResponse, GeminiStreamEncoder } from './encode-answer.ts';
import { encodeGeminiRequest } from './encode-request.ts';
import { geminiErrorBody } from './errors.ts';
import { field } from './spelling.ts';
import { geminiUsage } from './usage.ts';

/** Google's generateContent and streamGenerateContent. Model and mode stand in the address, not in the body. */
export const gemini: Format = {
  name: 'gemini',
  decodeRequest: decodeGeminiRequest,
  encodeRequest: encodeGeminiRequest,
  decodeResponse: decodeGeminiResponse,
  encodeResponse: encodeGeminiResponse,
  streamDecoder: (context) => new GeminiStreamDecoder(context),
  streamEncoder: (context) => new GeminiStreamEncoder(context),
  errorBody: geminiErrorBody,
  errorFrame: (fault) => sseFrame(geminiErrorBody(fault)),
  keepAlive: sseComment,
  usage: (json) => (isObject(json) ? geminiUsage(field(json, 'usageMetadata')) : undefined),
};
