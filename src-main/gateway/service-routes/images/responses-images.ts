// OpenAI's images by the image tool of a Responses call, for accounts that have no images endpoint.
import { type JsonObject, parseJson } from '../../../../src-shared/json.ts';
import { EventTooLarge, fieldsOf, SseScanner } from '../../bytes/sse-scanner.ts';
import { nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import { responsesUsage } from '../../formats/responses/usage.ts';
import { errorOf } from '../../model/errors/upstream-error.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import { defined, numberOf, objectOf, objectsOf, textOf } from '../../model/json.ts';
import { sseFrame } from '../../model/sse.ts';
import { dataAddress, type ImageRequest, imageEvent } from './image-request.ts';

const toolOptions = [
  'size',
  'quality',
  'background',
  'output_format',
  'output_compression',
  'moderation',
  'partial_images',
  'input_fidelity',
];

/** @param baseModel calls the tool @param model draws */
export function responsesImageBody(request: ImageRequest, baseModel: string, model: string): JsonObject {
  const { prompt, images, mask, options, isEdit } = request;
  const numbers = new Set(['output_compression', 'partial_images']);
  const settings = toolOptions.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [[name, numbers.has(name) ? (numberOf(value) ?? Number(value)) : value]];
  });
  return {
    model: baseModel,
    instructions: '',
    stream: true,
    store: false,
    input: [
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: prompt },
          ...images.map((image) => ({ type: 'input_image', image_url: dataAddress(image) })),
        ],
      },
    ],
    tools: [
      defined({
        type: 'image_generation',
        model,
        action: isEdit ? 'edit' : undefined,
        ...Object.fromEntries(settings),
        input_image_mask: mask && { image_url: dataAddress(mask) },
      }),
    ],
    tool_choice: { type: 'image_generation' },
  };
}

export interface ResponsesImagesOptions {
  readonly request: Pick<ImageRequest, 'isEdit' | 'options' | 'stream'>;
  /** Seconds since 1970. */
  readonly created: number;
  readonly errorBody: (error: UpstreamError) => unknown;
  readonly errorFrame: (error: UpstreamError) => string;
}

const cutShort: UpstreamError = {
  status: 502,
  message: 'The upstream closed the stream before the response was complete.',
};
const noPicture = 'The model made no picture.';

export class ResponsesImages implements ResponseRelay {
  readonly keepAlive = undefined;
  readonly copies = true;
  readonly tellsErrors: boolean;
  readonly contentType: string;
  usage: Partial<Usage> | undefined;
  readonly #options: ResponsesImagesOptions;
  readonly #scanner = new SseScanner();
  readonly #pictures: JsonObject[] = [];
  #pictureBytes = 0;
  #text = '';
  #begun = false;

  constructor(options: ResponsesImagesOptions) {
    this.#options = options;
    this.tellsErrors = options.request.stream;
    this.contentType = options.request.stream ? 'text/event-stream; charset=utf-8' : 'application/json';
  }

  get heldBytes(): number {
    return this.#scanner.heldBytes + this.#pictureBytes;
  }

  push(chunk: Buffer): Relayed {
    let out = '';
    try {
      for (const bytes of this.#scanner.push(chunk)) {
        const { data } = fieldsOf(bytes);
        const event = objectOf(data && parseJson(data.toString()));
        const result = this.#read(event);
        if (typeof result !== 'string') return this.#over(result, out);
        out += result;
      }
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      return this.#over({ error: { status: 502, message: error.message } }, out);
    }
    return { bytes: out === '' ? nothing : Buffer.from(out), begun: this.#begun };
  }

  end(): Relayed {
    const last = this.push(Buffer.from('\n\n'));
    return last.ended || last.error ? last : this.#over({ error: cutShort }, '');
  }

  errorBytes(error: UpstreamError): Buffer {
    const { request, errorFrame, errorBody } = this.#options;
    return Buffer.from(request.stream ? errorFrame(error) : JSON.stringify(errorBody(error)));
  }

  /** The text for the client, or the end. */
  #read(event: JsonObject): string | { readonly error: UpstreamError } | { readonly response: JsonObject } {
    const { request, created } = this.#options;
    switch (event.type) {
      case 'response.image_generation_call.partial_image': {
        if (!request.stream) return '';
        this.#begun = true;
        const type = imageEvent(request.isEdit, 'partial_image');
        const index = event.partial_image_index;
        return sseFrame(
          {
            type,
            b64_json: event.partial_image_b64,
            partial_image_index: index,
            created_at: created,
            ...shown(request),
          },
          type,
        );
      }
      case 'response.output_item.done':
        this.#take(objectOf(event.item));
        return '';
      case 'response.completed':
      case 'response.incomplete':
        return { response: objectOf(event.response) };
      case 'response.failed':
      case 'error': {
        const response = objectOf(event.response);
        this.usage = responsesUsage(response.usage) ?? this.usage;
        const json = response.error === undefined || response.error === null ? event : response;
        return { error: errorOf(json, { status: 502, message: noPicture }) };
      }
      default:
        return '';
    }
  }

  #take(item: JsonObject): void {
    if (item.type === 'image_generation_call' && typeof item.result === 'string') {
      const isKnown = this.#pictures.some(({ id }) => id !== undefined && id === item.id);
      if (isKnown) return;
      this.#pictures.push(item);
      this.#pictureBytes += item.result.length;
    }
    if (item.type === 'message') {
      const texts = objectsOf(item.content).map((part) => textOf(part.text) || textOf(part.refusal));
      this.#text = (this.#text + texts.join('')).slice(0, 2000);
    }
  }

  #over(end: { readonly error: UpstreamError } | { readonly response: JsonObject }, before: string): Relayed {
    if ('error' in end) {
      const bytes = Buffer.concat([Buffer.from(before), this.errorBytes(end.error)]);
      return { bytes, begun: this.#begun, error: end.error };
    }
    const { request, created } = this.#options;
    const { response } = end;
    this.usage = responsesUsage(response.usage);
    // The last event does not always repeat the items.
    for (const item of objectsOf(response.output)) this.#take(item);
    const [first] = this.#pictures;
    if (first === undefined) {
      const message = this.#text === '' ? noPicture : `${noPicture} It said: ${this.#text}`;
      return this.#over({ error: { status: 502, message } }, before);
    }
    const usage = response.usage ? { usage: response.usage } : {};
    if (!request.stream) {
      const data = this.#pictures.map(({ result, revised_prompt: prompt }) =>
        defined({ b64_json: result, revised_prompt: prompt }),
      );
      return { bytes: Buffer.from(JSON.stringify({ created, data, ...usage })), begun: true, ended: true };
    }
    const type = imageEvent(request.isEdit, 'completed');
    const frame = sseFrame({ type, b64_json: first.result, created_at: created, ...shown(request), ...usage }, type);
    return { bytes: Buffer.from(before + frame), begun: true, ended: true };
  }
}

/** What clients find in every event about the picture: what they asked for. */
const shown = ({ options }: Pick<ImageRequest, 'options'>): JsonObject => ({
  size: options.size ?? 'auto',
  quality: options.quality ?? 'auto',
  background: options.background ?? 'auto',
  output_format: options.output_format ?? 'png',
});
