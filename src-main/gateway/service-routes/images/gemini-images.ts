// OpenAI's images by Gemini's models that draw: `generateContent` with a picture among the parts of its response.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { field } from '../../formats/gemini/spelling.ts';
import { geminiUsage } from '../../formats/gemini/usage.ts';
import { toResponsesUsage } from '../../formats/responses/usage.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { errorOf } from '../../model/errors/upstream-error.ts';
import type { UpstreamError } from '../../model/events.ts';
import { objectOf, objectsOf, textOf } from '../../model/json.ts';
import { sseFrame } from '../../model/sse.ts';
import type { Converted } from '../relays/whole-json-relay.ts';
import { type ImageRequest, imageEvent } from './image-request.ts';

/** Width by height, as Google names them. */
const ratios = ['1:1', '3:2', '2:3', '16:9', '9:16', '4:3', '3:4', '5:4', '4:5', '21:9'] as const;
/** Sizes of OpenAI that stand for a ratio they do not have exactly. */
const knownSizes: Readonly<Record<string, string>> = { '1792x1024': '16:9', '1024x1792': '9:16' };

/** Options that say nothing which the model would do otherwise. */
const harmless = new Set(['auto', 'standard']);

/** Throws `RequestError`. */
export function geminiImageBody(request: ImageRequest, dropped: DroppedFields): JsonObject {
  const { prompt, images, mask, options } = request;
  if (mask !== undefined) throw new RequestError('A mask cannot be used with this model.', undefined, 'mask');
  const { size, ...others } = options;
  for (const [name, value] of Object.entries(others)) {
    if (harmless.has(String(value))) continue;
    dropped.add(name === 'partial_images' ? 'info' : 'warn', name, 'the model has no such setting');
  }
  const aspectRatio = ratioOf(size, dropped);
  return {
    contents: [
      {
        role: 'user',
        parts: [{ text: prompt }, ...images.map(({ mime, data }) => ({ inlineData: { mimeType: mime, data } }))],
      },
    ],
    generationConfig: {
      responseModalities: ['TEXT', 'IMAGE'],
      ...(aspectRatio !== undefined && { imageConfig: { aspectRatio } }),
    },
  };
}

function ratioOf(size: unknown, dropped: DroppedFields): string | undefined {
  if (size === undefined || size === 'auto') return undefined;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(String(size)) ?? [];
  const [x, y] = [Number(width), Number(height)];
  if (!(x > 0 && y > 0))
    throw new RequestError('size must be a width and a height such as 1024x1024, or auto.', undefined, 'size');
  const known = knownSizes[String(size)];
  if (known !== undefined) return known;
  const distance = (ratio: string) => {
    const [a = 1, b = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(x / y / (a / b)));
  };
  const nearest = ratios.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  if (distance(nearest) > 0.01) dropped.add('warn', 'size', `the nearest ratio that the model knows is ${nearest}`);
  return nearest;
}

/** Reasons to end that mean the picture was held back. */
const blocking = /SAFETY|PROHIBITED|BLOCKLIST|SPII|RECITATION/;

/** @param created seconds since 1970 */
export function toOpenAiImages(
  json: unknown,
  request: Pick<ImageRequest, 'isEdit' | 'stream'>,
  created: number,
): Converted | { readonly error: UpstreamError } {
  const response = objectOf(json);
  if (isObject(response.error))
    return { error: errorOf(json, { status: 502, message: 'The upstream reported an error.' }) };
  const usage = geminiUsage(field(response, 'usageMetadata'));
  const candidates = objectsOf(response.candidates);
  const parts = candidates.flatMap((one) => objectsOf(objectOf(one.content).parts));
  const pictures = parts.flatMap((part) => {
    const inline = objectOf(field(part, 'inlineData'));
    return typeof inline.data === 'string' && part.thought !== true ? [inline] : [];
  });
  const first = pictures[0];
  if (first === undefined) return { error: withoutPicture(response, candidates, parts), ...(usage && { usage }) };
  const counts = usage && { usage: toResponsesUsage(usage) };
  if (!request.stream) {
    return { body: { created, data: pictures.map(({ data }) => ({ b64_json: data })), ...counts }, usage };
  }
  const type = imageEvent(request.isEdit, 'completed');
  const format = textOf(field(first, 'mimeType')).replace('image/', '') || 'png';
  return {
    body: sseFrame({ type, b64_json: first.data, created_at: created, output_format: format, ...counts }, type),
    usage,
  };
}

function withoutPicture(
  response: JsonObject,
  candidates: readonly JsonObject[],
  parts: readonly JsonObject[],
): UpstreamError {
  const block = textOf(field(objectOf(field(response, 'promptFeedback')), 'blockReason'));
  const finish = textOf(field(candidates[0] ?? {}, 'finishReason'));
  const reason = block || (blocking.test(finish) ? finish : '');
  if (reason !== '')
    return { status: 400, code: 'moderation_blocked', message: `The picture was blocked by the service: ${reason}.` };
  const text = parts
    .map((part) => textOf(part.text))
    .join('')
    .slice(0, 2000);
  return { status: 502, message: text === '' ? 'The model made no picture.' : `The model made no picture: ${text}` };
}
