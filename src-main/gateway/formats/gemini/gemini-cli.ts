// Gemini as a Gemini-CLI account serves it: the same requests and answers inside of an envelope.
import { defined, isObject, type JsonObject, objectOf, parseJson } from '../../model/json.ts';
import type { Format, SseFrame, StreamDecoder } from '../format.ts';
import { gemini } from './format.ts';

/** Wraps a Gemini body; also for requests that are passed through. */
export const wrapGeminiBody = (
  request: unknown,
  { model, project }: { readonly model: string; readonly project?: string | undefined },
): JsonObject => defined({ model, project, request });

/** What is inside of the envelope; errors come without one. */
export function unwrapGeminiAnswer(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(unwrapGeminiAnswer);
  return isObject(json) && isObject(json.response) ? json.response : json;
}

class EnvelopeDecoder implements StreamDecoder {
  readonly #inner: StreamDecoder;

  constructor(inner: StreamDecoder) {
    this.#inner = inner;
  }

  push(frame: SseFrame): ReturnType<StreamDecoder['push']> {
    const json = parseJson(frame.data);
    return this.#inner.push(json === undefined ? frame : { ...frame, data: JSON.stringify(unwrapGeminiAnswer(json)) });
  }

  end(): ReturnType<StreamDecoder['end']> {
    return this.#inner.end();
  }
}

export const geminiCli: Format = {
  ...gemini,
  name: 'gemini-cli',
  decodeRequest: (json, context) => gemini.decodeRequest(objectOf(json).request, context),
  encodeRequest: (request, context) => wrapGeminiBody(gemini.encodeRequest(request, context), context.target),
  decodeResponse: (json, context) => gemini.decodeResponse(unwrapGeminiAnswer(json), context),
  streamDecoder: (context) => new EnvelopeDecoder(gemini.streamDecoder(context)),
  usage: (json) => gemini.usage(unwrapGeminiAnswer(json)),
};
