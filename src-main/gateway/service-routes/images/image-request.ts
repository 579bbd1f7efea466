// A request for pictures, from JSON or from a form, for services that make them in another way.
import type { JsonObject } from '../../../../src-shared/json.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { numberOf, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';

/** A picture in the request. */
export interface InputImage {
  readonly mime: string;
  /** Base64. */
  readonly data: string;
}

export interface ImageRequest {
  readonly prompt: string;
  readonly images: readonly InputImage[];
  readonly mask: InputImage | undefined;
  readonly stream: boolean;
  readonly isEdit: boolean;
  /** The other members, numbers and words as they came. */
  readonly options: JsonObject;
}

const own = new Set(['model', 'prompt', 'image', 'images', 'mask', 'stream', 'n', 'response_format', 'user']);

/** Fields of a form by name; a file is a picture. */
export interface FormFields {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly { readonly name: string; readonly image: InputImage }[];
}

/** Throws `RequestError`, also for more than one picture and for addresses, which only OpenAI's own models have. */
export function imageRequestOfJson(json: unknown, isEdit: boolean): ImageRequest {
  const body = objectOf(json);
  const given = Array.isArray(body.images) ? objectsOf(body.images) : objectsOf(body.image ?? []);
  const mask = objectOf(body.mask);
  return checked(body, {
    isEdit,
    stream: body.stream === true,
    images: given.map(({ image_url: url }) => inline(textOf(url))),
    mask: typeof mask.image_url === 'string' ? inline(mask.image_url) : undefined,
  });
}

export function imageRequestOfForm({ texts, files }: FormFields): ImageRequest {
  const body = Object.fromEntries(texts);
  return checked(body, {
    isEdit: true,
    stream: body.stream === 'true',
    images: files.filter(({ name }) => name === 'image' || name === 'image[]').map(({ image }) => image),
    mask: files.find(({ name }) => name === 'mask')?.image,
  });
}

function checked(body: JsonObject, rest: Pick<ImageRequest, 'images' | 'isEdit' | 'mask' | 'stream'>): ImageRequest {
  const prompt = stringOf(body.prompt);
  if (prompt === undefined || prompt === '') throw new RequestError('The request has no prompt.', undefined, 'prompt');
  const n = body.n === undefined || body.n === null ? 1 : (numberOf(body.n) ?? Number(body.n));
  if (n !== 1) throw new RequestError('This model makes one picture a request: n must be 1.', undefined, 'n');
  if (body.response_format === 'url') {
    const message = 'This model gives no addresses of pictures: response_format must be b64_json.';
    throw new RequestError(message, undefined, 'response_format');
  }
  if (rest.isEdit && rest.images.length === 0)
    throw new RequestError('The request has no image to edit.', undefined, 'image');
  const options = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !own.has(name) && value !== null && value !== undefined),
  );
  return { prompt, options, ...rest };
}

function inline(url: string): InputImage {
  const [head = '', data] = url.split(',', 2);
  const mime = /^data:([\w.+-]{1,64}\/[\w.+-]{1,64});base64$/i.exec(head)?.[1];
  if (data === undefined || mime === undefined)
    throw new RequestError('Pictures must be in the request itself, as data addresses.', undefined, 'image');
  return { mime, data };
}

export const dataAddress = ({ mime, data }: InputImage): string => `data:${mime};base64,${data}`;

/** The events of OpenAI's image stream. */
export const imageEvent = (isEdit: boolean, kind: 'completed' | 'partial_image'): string =>
  `${isEdit ? 'image_edit' : 'image_generation'}.${kind}`;
