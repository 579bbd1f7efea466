// One HTTP request to an upstream.
import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { Way } from '../../core/network/dispatchers.ts';
import type { Failure } from '../fault.ts';
import type { FormatName } from '../formats/format.ts';
import { faultOfBody } from '../ir/fault.ts';
import { isObject, objectOf, parseJson } from '../ir/json.ts';
import { retryAfterOf } from './retry-after.ts';

/** Models may think for minutes before the first byte, and between two. Milliseconds. */
const headersTimeout = 600_000;
const bodyTimeout = 300_000;
/** What is read ahead of a client that is slow. Bytes. */
const highWaterMark = 16 * 1024;
/** Errors are not longer; what is behind them is of no interest. */
const mostErrorBytes = 256 * 1024;

/** A large body stays in pieces, so that it is not copied. */
export type RequestBody = Buffer | string | readonly Buffer[];

export interface UpstreamCall {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: RequestBody;
  readonly dispatcher: Way;
  readonly signal: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** Rejects when there is no answer. */
export async function send({ url, headers, body, dispatcher, signal }: UpstreamCall): Promise<UpstreamAnswer> {
  const isPieces = typeof body !== 'string' && !Buffer.isBuffer(body);
  const answer = await dispatcher.request(url, {
    method: 'POST',
    headers: isPieces ? { ...headers, 'content-length': String(sizeOf(body)) } : headers,
    body: isPieces ? Readable.from(body, { objectMode: false }) : body,
    signal,
    headersTimeout,
    bodyTimeout,
    highWaterMark,
  });
  return { status: answer.statusCode, headers: answer.headers, body: unpacked(answer) };
}

const unpackers: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', () => zlib.createInflate()],
  ['br', () => zlib.createBrotliDecompress()],
  ['zstd', () => zlib.createZstdDecompress()],
]);

/** We ask for no packing, but some servers, and those who set `accept-encoding` for a key, pack all the same. */
function unpacked({ headers, body }: Dispatcher.ResponseData): Readable {
  const unpack = unpackers.get(
    String(headers['content-encoding'] ?? '')
      .trim()
      .toLowerCase(),
  );
  if (unpack === undefined) return body;
  // Its errors are those of the stream that is read.
  return pipeline(body, unpack(), () => {});
}

const sizeOf = (pieces: readonly Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0);

/** Reads an answer whose status is not 2xx. `now` in milliseconds since the epoch. */
export async function failureOf(answer: UpstreamAnswer, format: FormatName, now: number): Promise<Failure> {
  const body = await readSome(answer.body);
  const text = body.toString();
  const fault = faultOfBody(answer.status, text);
  const retryAfter = retryAfterOf(answer.headers, text, now);
  return {
    ...fault,
    status: answer.status >= 400 ? answer.status : 502,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(isObject(objectOf(parseJson(text)).error) ? { body, format } : {}),
  };
}

/** What can be had of a body: the status counts, even if the explanation breaks off. */
async function readSome(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostErrorBytes) break;
    }
  } catch {
    // The connection is gone, or the request was given up.
  }
  return Buffer.concat(chunks).subarray(0, mostErrorBytes);
}
