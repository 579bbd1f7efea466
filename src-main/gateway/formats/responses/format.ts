import { isObject } from '../../../../src-shared/json.ts';
import { objectOf } from '../../model/json.ts';
import { sseComment } from '../../model/sse.ts';
import type { ClientFormat } from '../client-side.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import { responsesTools } from './built-in-tools/tools.ts';
import { responsesClient } from './client-side.ts';
import { decodeResponsesRequest } from './decode-request.ts';
import { decodeResponsesResponse, ResponsesStreamDecoder } from './decode-response.ts';
import { encodeResponsesRequest } from './encode-request.ts';
import { encodeResponsesResponse, ResponsesStreamEncoder } from './encode-response.ts';
import { errorFrame } from './errors.ts';
import { responsesPassthrough } from './passthrough/body.ts';
import { ResponsesInspector } from './passthrough/stream-inspector.ts';
import { responsesSupport } from './support.ts';
import { responsesUsage } from './usage.ts';

/** OpenAI Responses. */
export const responses: ClientFormat = {
  name: 'responses',
  payloadNames: { upstream: 'codex', client: 'responses' },
  title: 'Responses',
  family: 'responses',
  errorFamily: 'openai',
  support: responsesSupport,
  builtInTools: responsesTools,
  customTools: true,
  userFirst: true,
  keepsResponses: true,

  decodeRequest: decodeResponsesRequest,
  encodeRequest: encodeResponsesRequest,
  decodeResponse: decodeResponsesResponse,
  encodeResponse: encodeResponsesResponse,
  streamDecoder: (context) => new ResponsesStreamDecoder(context),
  streamEncoder: (context) => new ResponsesStreamEncoder(context),
  errorBody: openaiErrorBody,
  errorFrame,
  keepAlive: () => sseComment,
  usage: (json) =>
    isObject(json) ? (responsesUsage(json.usage) ?? responsesUsage(objectOf(json.response).usage)) : undefined,
  usageMember: 'usage',
  requiredMember: 'output',
  streamInspector: () => new ResponsesInspector(responses.usage),
  passthrough: responsesPassthrough,
  client: responsesClient,
};
