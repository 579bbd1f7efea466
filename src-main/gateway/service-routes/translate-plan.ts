// Calls that are answered by another call of the service: who asks in which form, and how that is said.
import { parseJson } from '../../../src-shared/json.ts';
import { formats } from '../formats/formats.ts';
import { DroppedFields } from '../model/dropped-fields.ts';
import { RequestError } from '../model/errors/request-error.ts';
import type { Plan, PlanContext } from '../request/plan.ts';
import type { Candidate } from '../routing/credential.ts';
import { readForm } from '../uploads/form-fields.ts';
import type { ServiceCall } from './call.ts';
import {
  geminiEmbeddingBodies,
  joinedEmbeddings,
  readEmbeddingsRequest,
  toOpenAiEmbeddings,
} from './embeddings/gemini-embeddings.ts';
import { openAiEmbeddingsBody, toGeminiEmbeddings } from './embeddings/openai-embeddings.ts';
import { sendBatches } from './embeddings/send-batches.ts';
import { geminiImageBody, toOpenAiImages } from './images/gemini-images.ts';
import { type ImageRequest, imageRequestOfForm, imageRequestOfJson } from './images/image-request.ts';
import { ResponsesImages, responsesImageBody } from './images/responses-images.ts';
import { WholeJsonRelay } from './relays/whole-json-relay.ts';

export interface TranslateOptions extends PlanContext {
  readonly keeps: boolean;
  /** The model that calls the image tool; `''`: the first that the account has. */
  readonly imageBaseModel: string;
}

type Translate = (call: ServiceCall, candidate: Candidate, options: TranslateOptions) => Promise<Plan>;

/** Rejects with `RequestError` for what cannot be said, with `UploadError` for a form that is none. */
export const translatePlan: Translate = (call, candidate, options) => {
  const isGoogle = formats[candidate.credential.upstream.format].errorFamily === formats.gemini.errorFamily;
  if (call.route.name === 'images') {
    return isGoogle ? imagesByGemini(call, candidate, options) : imagesByResponses(call, candidate, options);
  }
  return isGoogle ? embeddingsByGemini(call, candidate) : embeddingsByOpenAi(call, candidate);
};

const base = ({ credential: { upstream } }: Candidate, place: string) => ({
  format: formats[upstream.format],
  path: upstream.services?.path(place) ?? place,
  stream: false,
  dropped: [],
});

function jsonOf({ body }: ServiceCall): unknown {
  return body.kind === 'json' ? parseJson(body.body.text()) : undefined;
}

async function embeddingsByGemini(call: ServiceCall, candidate: Candidate): Promise<Plan> {
  const request = readEmbeddingsRequest(jsonOf(call));
  const bodies = geminiEmbeddingBodies(request, candidate.model);
  const [body] = bodies;
  const path = `/v1beta/models/${encodeURIComponent(candidate.model)}:batchEmbedContents`;
  return {
    ...base(candidate, path),
    body,
    ...(bodies.length > 1 && { send: (one) => sendBatches(one, bodies, joinedEmbeddings) }),
    relay: () =>
      new WholeJsonRelay({
        convert: (json) => toOpenAiEmbeddings(json, request, call.model),
        errorBody: call.format.errorBody,
      }),
  };
}

async function embeddingsByOpenAi(call: ServiceCall, candidate: Candidate): Promise<Plan> {
  const isBatch = call.route.path.endsWith(':batchEmbedContents');
  const dropped = new DroppedFields();
  const body = openAiEmbeddingsBody(jsonOf(call), { model: candidate.model, isBatch, dropped });
  const count = Array.isArray(body.input) ? body.input.length : 1;
  return {
    ...base(candidate, '/v1/embeddings'),
    body: JSON.stringify(body),
    dropped: dropped.all,
    relay: () =>
      new WholeJsonRelay({
        convert: (json) => toGeminiEmbeddings(json, { count, isBatch }),
        errorBody: call.format.errorBody,
      }),
  };
}

/** Google's own limit for what stands in a request. */
const maxPictureBytes = 20 * 1024 * 1024;
const tooLarge = `The pictures together are larger than ${maxPictureBytes / 1024 / 1024} MB, the most for this model.`;

async function imageRequest(call: ServiceCall, keeps: boolean): Promise<ImageRequest> {
  const { body, route } = call;
  if (route.path.endsWith('/variations')) throw new RequestError('Variations cannot be made by this model.');
  const isEdit = route.path.endsWith('/edits');
  if (body.kind !== 'upload') {
    const read = imageRequestOfJson(jsonOf(call), isEdit);
    const bytes = [...read.images, ...(read.mask ? [read.mask] : [])].reduce((sum, { data }) => sum + data.length, 0);
    if (bytes * 0.75 > maxPictureBytes) throw new RequestError(tooLarge, undefined, 'image', 413);
    return read;
  }
  const parts = await readForm(body.upload, maxPictureBytes, keeps);
  return imageRequestOfForm({
    texts: new Map(
      parts.filter(({ fileName }) => fileName === undefined).map((part) => [part.name, part.bytes.toString()]),
    ),
    files: parts
      .filter(({ name, fileName }) => fileName !== undefined || name === 'image' || name === 'image[]')
      .map(({ name, contentType, bytes }) => ({
        name,
        image: { mime: contentType || 'image/png', data: bytes.toString('base64') },
      })),
  });
}

async function imagesByGemini(call: ServiceCall, candidate: Candidate, options: TranslateOptions): Promise<Plan> {
  const request = await imageRequest(call, options.keeps);
  const dropped = new DroppedFields();
  const created = Math.floor(options.now / 1_000);
  return {
    ...base(candidate, `/v1beta/models/${encodeURIComponent(candidate.model)}:generateContent`),
    body: JSON.stringify(geminiImageBody(request, dropped)),
    dropped: dropped.all,
    relay: () =>
      new WholeJsonRelay({
        ...(request.stream && { contentType: 'text/event-stream; charset=utf-8' }),
        convert: (json) => toOpenAiImages(json, request, created),
        errorBody: call.format.errorBody,
      }),
  };
}

async function imagesByResponses(call: ServiceCall, candidate: Candidate, options: TranslateOptions): Promise<Plan> {
  const request = await imageRequest(call, options.keeps);
  const { credential, model } = candidate;
  const baseModel = options.imageBaseModel || credential.models[0]?.upstream || '';
  const { errorBody, errorFrame } = call.format;
  return {
    ...base(candidate, '/v1/responses'),
    body: JSON.stringify(responsesImageBody(request, baseModel, model)),
    stream: true,
    relay: () => new ResponsesImages({ request, created: Math.floor(options.now / 1_000), errorBody, errorFrame }),
  };
}
