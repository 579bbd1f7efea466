// What an operation's output or problem becomes on the wire.
import type { Encoded, Operation } from '../../src-shared/operation.ts';
import { Problem, problemHeader } from '../../src-shared/problem.ts';

/** A whole HTTP answer, before it is written. */
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

/** What unknown paths and methods get, and all management paths while no key is configured. */
export const notFound: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: '404 page not found',
};

/** The answer to a successful call of a row. */
export function outputResponse(row: Operation, output: unknown): HttpResponse {
  const encoded: Encoded = row.http.encode?.(output as never) ?? { body: output };
  if (encoded.type === undefined) return json(encoded.body, encoded.status, encoded.headers);
  return {
    status: encoded.status ?? 200,
    headers: { 'content-type': encoded.type, ...encoded.headers },
    body: String(encoded.body),
  };
}

/** The answer to a problem; anything else thrown is an `internal` one, reported to `onUnexpected`. */
export function problemResponse(error: unknown, onUnexpected: (error: unknown) => void): HttpResponse {
  if (!(error instanceof Problem)) {
    onUnexpected(error);
    return problemResponse(new Problem('internal'), onUnexpected);
  }
  // The rest of an over-long body stays unread, so this connection cannot be used again.
  const ending = error.code === 'body_too_large' ? { connection: 'close' } : {};
  return json(error.body, error.status, { [problemHeader]: error.code, ...ending });
}
