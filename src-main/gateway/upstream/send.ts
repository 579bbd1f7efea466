// One HTTP request to an upstream.
import { Readable } from 'node:stream';
import { isObject, parseJson } from '../../../src-shared/json.ts';
import type { DispatchRoute, ProxyDispatcher, ResponseHandler } from '../../net/dispatchers.ts';
import { RequestConnection } from '../../net/request-connection.ts';
import type { AttemptError, ErrorFamily } from '../model/errors/attempt-error.ts';
import type { Refusal } from '../model/errors/refusal.ts';
import { errorOfBody } from '../model/errors/upstream-error.ts';
import { objectOf } from '../model/json.ts';
import { decompressed } from './decompress.ts';
import { retryAfterOf } from './retry-after.ts';
import { type ResponseBody, UpstreamBody } from './upstream-body.ts';

/** Errors are not longer; what is behind them is of no interest. */
const maxErrorBytes = 256 * 1024;

/** A large body stays in pieces, so that it is not copied. */
export type BodyBytes = Buffer | string | readonly Buffer[];
/** Bytes, or a stream that is read while it is sent. */
export type RequestBody = BodyBytes | AsyncIterable<Buffer>;

export interface UpstreamCall {
  /** Default: POST. */
  readonly method?: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  /** Undefined: none. A stream is announced by its `content-length`, or is sent in chunks. */
  readonly body: RequestBody | undefined;
  readonly dispatcher: ProxyDispatcher;
  readonly signal: AbortSignal;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ResponseBody;
}

/**
 * Rejects when there is no response, or when the signal is aborted before there is one. A request that went out on a kept
 * connection just as the server closed it is sent once more.
 */
export async function send(call: UpstreamCall): Promise<UpstreamResponse> {
  const connection = new RequestConnection();
  try {
    return await sendOnce(call, { connection, isFresh: false });
  } catch (error) {
    if (call.signal.aborted || isStream(call.body) || !connection.wasClosedUnanswered(error as Error)) throw error;
    return sendOnce(call, { connection: new RequestConnection(), isFresh: true });
  }
}

/** Sent already, as far as it was read. */
const isStream = (body: RequestBody | undefined): boolean =>
  body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body) && !Array.isArray(body);

function sendOnce(
  { method = 'POST', url, headers, body, dispatcher, signal }: UpstreamCall,
  route: DispatchRoute,
): Promise<UpstreamResponse> {
  const isPieces = Array.isArray(body);
  const options = {
    method,
    headers: isPieces ? { ...headers, 'content-length': String(sizeOf(body)) } : headers,
    body:
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
        ? (body ?? null)
        : Readable.from(body, { objectMode: false }),
    // Whoever calls has deadlines of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  return new Promise((resolve, reject) => {
    let compressed: UpstreamBody | undefined;
    let abort: ((reason: Error) => void) | undefined;
    const onAbort = () => {
      reject(signal.reason);
      abort?.(signal.reason);
    };
    const finish = (error?: Error) => {
      signal.removeEventListener('abort', onAbort);
      compressed?.finish(error);
      reject(error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const handler: ResponseHandler = {
      onRequestStart: (controller) => {
        abort = (reason) => controller.abort(reason);
        if (signal.aborted) abort(signal.reason);
      },
      onResponseStart: (controller, status, answered) => {
        if (status < 200) return;
        // They would keep the whole chunk alive that they came in.
        controller.rawHeaders = null;
        compressed = new UpstreamBody(controller);
        const encoding = answered['content-encoding'];
        const body = encoding === undefined ? compressed : decompressed(compressed, String(encoding));
        resolve({ status, headers: answered, body });
      },
      onResponseData: (_, chunk) => compressed?.push(chunk),
      onResponseEnd: () => finish(),
      onResponseError: (_, error) => finish(error),
    };
    dispatcher.dispatch(url, options, handler, route).catch(finish);
  });
}

const sizeOf = (pieces: readonly Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0);

export interface ErrorReading {
  readonly bodyFamily: ErrorFamily;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What the provider's errors are known to mean. */
  readonly refusals: readonly Refusal[];
}

/** Reads a response whose status is not 2xx. */
export async function readErrorResponse(
  response: UpstreamResponse,
  { bodyFamily, now, refusals }: ErrorReading,
): Promise<AttemptError> {
  const body = await readSome(response.body);
  const text = body.toString();
  const error = errorOfBody(response.status, text);
  const retryAfter = retryAfterOf(response.headers, text, now);
  const refusal = refusalIn(refusals, response.status, text);
  return {
    ...error,
    status: response.status >= 400 ? response.status : 502,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(refusal === undefined
      ? isObject(objectOf(parseJson(text)).error) && { body, bodyFamily }
      : { refusal, message: `${refusal.sentence} (${response.status}: ${error.message})` }),
  };
}

function refusalIn(refusals: readonly Refusal[], status: number, text: string): Refusal | undefined {
  const plain = text.toLowerCase();
  return refusals.find((each) => each.status.includes(status) && each.says.some((words) => plain.includes(words)));
}

/** What can be had of a body: the status counts, even if the explanation breaks off. */
async function readSome(body: ResponseBody): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxErrorBytes) body.destroy();
    }
  } catch {
    // The connection is gone, or the request was given up.
  }
  return Buffer.concat(chunks).subarray(0, maxErrorBytes);
}
