import { objectOf, parseExact } from '../../model/json.ts';
import type { Format, SseFrame, StreamDecoder } from '../format.ts';
import { gemini } from '../gemini/format.ts';
import { withoutTokens } from '../gemini/passthrough/body.ts';
import { envelope, unwrapResponse, wrapRequest } from './envelope.ts';
import { geminiCliCounting } from './token-counting.ts';

class EnvelopeDecoder implements StreamDecoder {
  readonly #inner: StreamDecoder;

  constructor(inner: StreamDecoder) {
    this.#inner = inner;
  }

  push(frame: SseFrame): ReturnType<StreamDecoder['push']> {
    const json = parseExact(frame.data);
    return this.#inner.push(json === undefined ? frame : { ...frame, data: JSON.stringify(unwrapResponse(json)) });
  }

  end(): ReturnType<StreamDecoder['end']> {
    return this.#inner.end();
  }
}

const { client: _, ...upstreamSide } = gemini;

/** Gemini as a Gemini CLI account serves it: the same requests and responses inside an envelope. */
export const geminiCli: Format = {
  ...upstreamSide,
  name: 'gemini-cli',
  payloadNames: { upstream: 'gemini', client: 'gemini' },
  title: 'Gemini CLI accounts',
  decodeRequest: (json, context) => gemini.decodeRequest(objectOf(json).request, context),
  encodeRequest: (request, context) => wrapRequest(gemini.encodeRequest(request, context), context.target),
  decodeResponse: (json, context) => gemini.decodeResponse(unwrapResponse(json), context),
  streamDecoder: (context) => new EnvelopeDecoder(gemini.streamDecoder(context)),
  usage: (json) => gemini.usage(unwrapResponse(json)),
  passthrough: {
    edit: gemini.passthrough.edit,
    editCount: (request, target) => ({
      model: JSON.stringify(`models/${target.model}`),
      ...withoutTokens(request),
    }),
    envelope,
  },
  counting: geminiCliCounting,
};
