import { isObject, objectOf } from '../../model/json.ts';
import { sseComment } from '../../model/sse.ts';
import type { Format } from '../format.ts';
import { openaiErrorBody } from '../shared/openai-errors.ts';
import { decodeResponsesResponse, ResponsesStreamDecoder } from './decode-answer.ts';
import { decodeResponsesRequest } from './decode-request.ts';
import { encodeResponsesResponse, errorFrame, ResponsesStreamEncoder } from './encode-answer.ts';
import { encodeResponsesRequest } from './encode-request.ts';
import { responsesUsage } from './usage.ts';

/** OpenAI Responses. */
export const responses: Format = {
  name: 'responses',
  decodeRequest: decodeResponsesRequest,
  encodeRequest: encodeResponsesRequest,
  decodeResponse: decodeResponsesResponse,
  encodeResponse: encodeResponsesResponse,
  streamDecoder: (context) => new ResponsesStreamDecoder(context),
  streamEncoder: (context) => new ResponsesStreamEncoder(context),
  errorBody: openaiErrorBody,
  errorFrame,
  keepAlive: sseComment,
  usage: (json) =>
    isObject(json) ? (responsesUsage(json.usage) ?? responsesUsage(objectOf(json.response).usage)) : undefined,
};
