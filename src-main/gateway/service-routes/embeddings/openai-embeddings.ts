// Google's `embedContent` and `batchEmbedContents` by a server of OpenAI's embeddings.
import type { JsonObject } from '../../../../src-shared/json.ts';
import { chatUsage } from '../../formats/shared/usage.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { defined, numberOf, objectOf, objectsOf, textOf } from '../../model/json.ts';
import type { Converted } from '../relays/whole-json-relay.ts';
import { fromBase64 } from './embedding-encoding.ts';
import { isVector } from './gemini-embeddings.ts';

/** Throws `RequestError`. `isBatch`: whether `requests` holds them. */
export function openAiEmbeddingsBody(
  json: unknown,
  { model, isBatch, dropped }: { readonly model: string; readonly isBatch: boolean; readonly dropped: DroppedFields },
): JsonObject {
  const requests = isBatch ? objectsOf(objectOf(json).requests) : [objectOf(json)];
  if (requests.length === 0) throw new RequestError('requests must be a list with at least one request.');
  const dimensions = new Set(requests.map((request) => option(request, 'outputDimensionality')));
  if (dimensions.size > 1)
    throw new RequestError('All requests must have the same outputDimensionality for this model.');
  for (const name of ['taskType', 'title']) {
    if (requests.some((request) => option(request, name) !== undefined))
      dropped.add('warn', name, 'the upstream makes no difference between tasks');
  }
  return defined({
    model,
    input: requests.map(textIn),
    dimensions: numberOf([...dimensions][0]),
  });
}

/** Options stand in the request itself, or newer in a config of their own; both in either spelling. */
function option(request: JsonObject, name: string): unknown {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const config = objectOf(request.embedContentConfig ?? request.embed_content_config);
  const found = [request[name], request[snake], config[name], config[snake]].find((one) => one !== undefined);
  return found ?? undefined;
}

function textIn({ content }: JsonObject): string {
  const parts = objectsOf(objectOf(content).parts);
  if (parts.length === 0 || parts.some((part) => typeof part.text !== 'string'))
    throw new RequestError('Only contents of text parts can be embedded by this model.');
  return parts.map(({ text }) => textOf(text)).join('');
}

/** @param count how many vectors were asked for */
export function toGeminiEmbeddings(
  json: unknown,
  { count, isBatch }: { readonly count: number; readonly isBatch: boolean },
): Converted | { readonly error: { readonly status: number; readonly message: string } } {
  const { data, usage } = objectOf(json);
  const rows = objectsOf(data).toSorted((a, b) => (numberOf(a.index) ?? 0) - (numberOf(b.index) ?? 0));
  const vectors = rows.map(({ embedding }) => (typeof embedding === 'string' ? fromBase64(embedding) : embedding));
  if (vectors.length !== count || !vectors.every(isVector)) {
    return { error: { status: 502, message: 'The upstream answered with something that is no list of embeddings.' } };
  }
  const tokens = chatUsage(usage);
  const counted = tokens && { usageMetadata: { promptTokenCount: tokens.inputFresh } };
  const values = vectors.map((vector) => ({ values: vector }));
  return { body: { ...(isBatch ? { embeddings: values } : { embedding: values[0] }), ...counted }, usage: tokens };
}
