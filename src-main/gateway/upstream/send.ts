// One HTTP request to an upstream.
import { Readable } from 'node:stream';
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
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

const sizeOf = (pieces: readonly Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0);

/** Reads an answer whose status is not 2xx. `now` in milliseconds since the epoch. */
export async function failureOf(answer: UpstreamAnswer, format: FormatName, now: number): Promise<Failure> {
  const body = await readSome(answer.body);
  const text = body.toString();
  const status = answer.status >= 400 ? answer.status : 502;
  const fault = faultOfBody(status, text);
  const retryAfter = retryAfterOf(answer.headers, text, now);
  return {
    ...fault,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(isObject(objectOf(parseJson(text)).error) ? { body, format } : {}),
  };
}

async function readSome(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostErrorBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostErrorBytes);
}
