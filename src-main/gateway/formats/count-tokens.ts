// Counting calls: what the upstream is asked, and how the number is told to the client.
import { defined, isObject, type JsonObject, numberOf, objectOf } from '../model/json.ts';
import type { FormatName } from './format-name.ts';

/** What `/v1/messages/count_tokens` takes of a Messages body. */
const counted = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'];

/** The body of the upstream's counting call, made from its request body; undefined when it cannot count. */
export function countBody(upstream: FormatName, body: unknown, model: string): JsonObject | undefined {
  const request = objectOf(body);
  if (upstream === 'messages') return defined(Object.fromEntries(counted.map((field) => [field, request[field]])));
  if (upstream === 'gemini') return { generateContentRequest: { model: `models/${model}`, ...request } };
  if (upstream === 'gemini-cli')
    return { request: { model: `models/${model}`, contents: objectOf(request.request).contents } };
  return undefined;
}

/** The number in the upstream's answer. */
export function readCount(json: unknown): number | undefined {
  const body = objectOf(json);
  return numberOf(body.input_tokens) ?? numberOf(body.totalTokens) ?? numberOf(objectOf(body.response).totalTokens);
}

/** The client's counting call as the request it counts. */
export function countedRequest(client: FormatName, json: unknown): unknown {
  if (client !== 'gemini' && client !== 'gemini-cli') return json;
  const body = objectOf(json);
  const inner = body.generateContentRequest ?? body.generate_content_request;
  return isObject(inner) ? inner : json;
}

/** The answer in the client's form. An estimate says so in a field that clients pass over. */
export function writeCount(client: FormatName, count: number, estimated: boolean): JsonObject {
  const mark = estimated ? { estimated: true } : {};
  if (client === 'gemini' || client === 'gemini-cli')
    return { totalTokens: count, promptTokensDetails: [{ modality: 'TEXT', tokenCount: count }], ...mark };
  return { input_tokens: count, ...mark };
}
