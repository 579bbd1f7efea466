// The output of an operation, or its problem, as an HTTP response.
import type { ServerResponse } from 'node:http';
import type { Encoded, Operation } from '../../src-shared/operation.ts';
import { Problem, problemHeader } from '../../src-shared/problem.ts';

/** A whole HTTP response before it is sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const jsonType = 'application/json; charset=utf-8';

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': jsonType, ...headers },
  body: JSON.stringify(body),
});

/** Sends it whole. Its own headers win over `others`. */
export function sendResponse(
  outgoing: ServerResponse,
  { status, headers, body }: HttpResponse,
  others: HttpResponse['headers'] = {},
): void {
  outgoing.writeHead(status, { ...others, ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** For unknown paths and methods, and for all management paths while no key is configured. */
export const notFound: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: '404 page not found',
};

/** The response to a successful call of an operation. */
export function outputResponse(row: Operation, output: unknown): HttpResponse {
  const encoded: Encoded = row.http.encode?.(output as never) ?? { body: output };
  if (encoded.type === undefined) return json(encoded.body, encoded.status, encoded.headers);
  return {
    status: encoded.status ?? 200,
    headers: { 'content-type': encoded.type, ...encoded.headers },
    body: String(encoded.body),
  };
}

/** The response to a problem; anything else thrown is an `internal` one, reported to `onUnexpected`. */
export function problemResponse(error: unknown, onUnexpected: (error: unknown) => void): HttpResponse {
  if (!(error instanceof Problem)) {
    onUnexpected(error);
    return problemResponse(new Problem('internal'), onUnexpected);
  }
  // The rest of a body that is too large stays unread, so the connection cannot be reused.
  const close = error.code === 'body_too_large' ? { connection: 'close' } : {};
  return json(error.body, error.status, { [problemHeader]: error.code, ...close });
}
