// OpenAI's embeddings by Google's `batchEmbedContents`.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { geminiUsage } from '../../formats/gemini/usage.ts';
import { inclusiveUsage } from '../../formats/shared/usage.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { estimateTextTokens } from '../../model/estimate.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf } from '../../model/json.ts';
import type { Converted } from '../relays/whole-json-relay.ts';
import { type EmbeddingEncoding, toBase64 } from './embedding-encoding.ts';

/** Google takes no more texts in one call. */
const maxTexts = 100;
/** What OpenAI takes in one request. */
const maxInputs = 2048;

export interface EmbeddingsRequest {
  readonly texts: readonly string[];
  readonly encoding: EmbeddingEncoding;
  readonly dimensions: number | undefined;
  readonly taskType: string | undefined;
  readonly title: string | undefined;
}

/** Throws `RequestError` for what Google cannot be asked. */
export function readEmbeddingsRequest(json: unknown): EmbeddingsRequest {
  const body = objectOf(json);
  const { input, dimensions, encoding_format: format } = body;
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (inputs.some((one) => typeof one === 'number' || Array.isArray(one))) {
    const message = 'input: token arrays cannot be turned back into text for Gemini; send strings.';
    throw new RequestError(message, undefined, 'input');
  }
  const isText = (one: unknown): one is string => typeof one === 'string';
  if (inputs.length === 0 || !inputs.every(isText))
    throw new RequestError('input must be a string or a list of strings.', undefined, 'input');
  if (inputs.length > maxInputs)
    throw new RequestError(`input has ${inputs.length} texts; at most ${maxInputs} are taken.`, undefined, 'input');
  if (![undefined, null, 'float', 'base64'].includes(format as string | null | undefined))
    throw new RequestError('encoding_format must be float or base64.', undefined, 'encoding_format');
  return {
    texts: inputs,
    encoding: format === 'base64' ? 'base64' : 'float',
    dimensions: positive(dimensions),
    taskType: stringOf(body.task_type) ?? stringOf(body.taskType),
    title: stringOf(body.title),
  };
}

function positive(dimensions: unknown): number | undefined {
  if (dimensions === undefined || dimensions === null) return undefined;
  if (Number.isSafeInteger(dimensions) && (dimensions as number) > 0) return dimensions as number;
  throw new RequestError('dimensions must be a positive integer.', undefined, 'dimensions');
}

/** The bodies of the calls, in the order of the texts. */
export function geminiEmbeddingBodies(request: EmbeddingsRequest, model: string): readonly string[] {
  const { texts, dimensions, taskType, title } = request;
  // One content for each text: the parts of one content become one vector.
  const requests = texts.map((text) =>
    defined({
      model: `models/${model}`,
      content: { parts: [{ text }] },
      outputDimensionality: dimensions,
      taskType,
      title,
    }),
  );
  const count = Math.ceil(requests.length / maxTexts);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({ requests: requests.slice(index * maxTexts, (index + 1) * maxTexts) }),
  );
}

/** The responses of the calls as if they were one. Undefined when one of them is none. */
export function joinedEmbeddings(responses: readonly unknown[]): JsonObject | undefined {
  if (!responses.every((one) => isObject(one) && Array.isArray(one.embeddings))) return undefined;
  const counts = responses.map((one) => numberOf(objectOf(objectOf(one).usageMetadata).promptTokenCount));
  const isCounted = counts.every((count) => count !== undefined);
  return {
    embeddings: responses.flatMap((one) => objectsOf(objectOf(one).embeddings)),
    ...(isCounted && { usageMetadata: { promptTokenCount: counts.reduce<number>((sum, n) => sum + (n ?? 0), 0) } }),
  };
}

/** @param model as the client named it */
export function toOpenAiEmbeddings(
  json: unknown,
  { texts, encoding }: EmbeddingsRequest,
  model: string,
): Converted | { readonly error: { readonly status: number; readonly message: string } } {
  const { embeddings, usageMetadata } = objectOf(json);
  const vectors = objectsOf(embeddings).map(({ values }) => values);
  if (vectors.length !== texts.length || !vectors.every(isVector)) {
    return { error: { status: 502, message: 'The upstream answered with something that is no list of embeddings.' } };
  }
  const told = geminiUsage(usageMetadata);
  const usage = told ?? inclusiveUsage(estimateTextTokens(texts), {});
  const tokens = usage.inputFresh ?? 0;
  return {
    body: {
      object: 'list',
      data: vectors.map((values, index) => ({
        object: 'embedding',
        index,
        embedding: encoding === 'base64' ? toBase64(values) : values,
      })),
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    },
    usage,
    ...(told === undefined && { headers: { 'x-gateway-estimated': 'usage' } }),
  };
}

export const isVector = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');
