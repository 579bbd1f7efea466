import { isObject } from '../../../../src-shared/json.ts';
import { sseFrame } from '../../model/sse.ts';
import type { ClientFormat } from '../client-side.ts';
import { geminiTools } from './built-in-tools.ts';
import { geminiClient } from './client-side.ts';
import { decodeGeminiRequest } from './decode-request.ts';
import { decodeGeminiResponse, GeminiStreamDecoder } from './decode-response.ts';
import { encodeGeminiRequest } from './encode-request.ts';
import { encodeGeminiResponse, GeminiStreamEncoder } from './encode-response.ts';
import { geminiErrorBody, geminiErrorFrame } from './errors.ts';
import { geminiPassthrough } from './passthrough/body.ts';
import { GeminiInspector } from './passthrough/stream-inspector.ts';
import { field } from './spelling.ts';
import { geminiSupport } from './support.ts';
import { geminiCounting } from './token-counting.ts';
import { geminiUsage } from './usage.ts';

/** Google's generateContent and streamGenerateContent. Model and mode stand in the address, not in the body. */
export const gemini: ClientFormat = {
  name: 'gemini',
  payloadNames: { upstream: 'gemini', client: 'gemini' },
  title: 'Gemini',
  family: 'gemini',
  errorFamily: 'google',
  support: geminiSupport,
  builtInTools: geminiTools,
  customTools: false,
  userFirst: true,

  decodeRequest: decodeGeminiRequest,
  encodeRequest: encodeGeminiRequest,
  decodeResponse: decodeGeminiResponse,
  encodeResponse: encodeGeminiResponse,
  streamDecoder: (context) => new GeminiStreamDecoder(context),
  streamEncoder: (context) => new GeminiStreamEncoder(context),
  errorBody: geminiErrorBody,
  errorFrame: geminiErrorFrame,
  // Google's older SDKs read nothing more after a comment.
  keepAlive: (model) => sseFrame({ candidates: [], modelVersion: model }),
  usage: (json) => (isObject(json) ? geminiUsage(field(json, 'usageMetadata')) : undefined),
  usageMember: 'usageMetadata',
  streamInspector: () => new GeminiInspector(gemini.usage),
  passthrough: geminiPassthrough,
  counting: geminiCounting,
  client: geminiClient,
};
