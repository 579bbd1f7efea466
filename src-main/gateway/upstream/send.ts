// One HTTP request to an upstream.
import { Readable } from 'node:stream';
import type { ProxyDispatcher } from '../../net/dispatchers.ts';
import type { FormatName } from '../formats/format-name.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import { isObject, objectOf, parseJson } from '../model/json.ts';
import { faultOfBody } from '../model/upstream-error.ts';
import { unpacked } from './decompress.ts';
import { retryAfterOf } from './retry-after.ts';
import { UpstreamBody } from './upstream-body.ts';

/** Models may think for minutes before the first byte, and between two. Milliseconds. */
const headersTimeout = 600_000;
const bodyTimeout = 300_000;
/** Errors are not longer; what is behind them is of no interest. */
const maxErrorBytes = 256 * 1024;

/** A large body stays in pieces, so that it is not copied. */
export type RequestBody = Buffer | string | readonly Buffer[];

export interface UpstreamCall {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: RequestBody;
  readonly dispatcher: ProxyDispatcher;
  readonly signal: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: UpstreamBody;
}

/** Rejects when there is no answer, or when the signal is aborted before there is one. */
export function send({ url, headers, body, dispatcher, signal }: UpstreamCall): Promise<UpstreamAnswer> {
  const isPieces = typeof body !== 'string' && !Buffer.isBuffer(body);
  const options = {
    method: 'POST' as const,
    headers: isPieces ? { ...headers, 'content-length': String(sizeOf(body)) } : headers,
    body: isPieces ? Readable.from(body, { objectMode: false }) : body,
    headersTimeout,
    bodyTimeout,
  };
  return new Promise((resolve, reject) => {
    let packed: UpstreamBody | undefined;
    let abort: ((reason: Error) => void) | undefined;
    const onAbort = () => {
      reject(signal.reason);
      abort?.(signal.reason);
    };
    const finish = (error?: Error) => {
      signal.removeEventListener('abort', onAbort);
      packed?.finish(error);
      reject(error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const sent = dispatcher.dispatch(url, options, {
      onRequestStart: (controller) => {
        abort = (reason) => controller.abort(reason);
        if (signal.aborted) abort(signal.reason);
      },
      onResponseStart: (controller, status, answered) => {
        if (status < 200) return;
        // They would keep the whole chunk alive that they came in.
        controller.rawHeaders = null;
        packed = new UpstreamBody(controller);
        resolve({ status, headers: answered, body: unpacked(packed, String(answered['content-encoding'] ?? '')) });
      },
      onResponseData: (_, chunk) => packed?.push(chunk),
      onResponseEnd: () => finish(),
      onResponseError: (_, error) => finish(error),
    });
    sent.catch(finish);
  });
}

const sizeOf = (pieces: readonly Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0);

/** Reads an answer whose status is not 2xx. `now` in milliseconds since the epoch. */
export async function failureOf(answer: UpstreamAnswer, format: FormatName, now: number): Promise<AttemptError> {
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
async function readSome(body: UpstreamBody): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxErrorBytes) body.cut();
    }
  } catch {
    // The connection is gone, or the request was given up.
  }
  return Buffer.concat(chunks).subarray(0, maxErrorBytes);
}
