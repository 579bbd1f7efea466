// Reading errors of upstreams, whatever format they have.

import { isObject, type JsonObject, parseJson } from '../../../../src-shared/json.ts';
import type { UpstreamError } from '../events.ts';
import { numberOf, stringOf } from '../json.ts';

/** HTTP statuses of the words that errors inside streams carry instead of a status. */
const statusWords: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_prompt: 400,
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  UNAUTHENTICATED: 401,
  billing_error: 402,
  insufficient_quota: 429,
  permission_error: 403,
  PERMISSION_DENIED: 403,
  not_found_error: 404,
  NOT_FOUND: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  RESOURCE_EXHAUSTED: 429,
  usage_limit_reached: 429,
  api_error: 500,
  server_error: 500,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  timeout_error: 504,
  DEADLINE_EXCEEDED: 504,
  overloaded_error: 529,
};

/**
 * The error in a parsed response or stream event: `{error: {message, type, code, status}}` of all vendors,
 * `{error: "text"}`, `{detail: …}`, `{message}` and lists with one such thing in them.
 */
export function errorOf(json: unknown, fallback: { readonly status: number; readonly message: string }): UpstreamError {
  const outer = Array.isArray(json) ? json[0] : json;
  const inner = isObject(outer) ? (outer.error ?? outer.detail ?? outer) : outer;
  const error: JsonObject = isObject(inner) ? inner : { message: inner };
  const words = [error.code, error.type, error.status].filter((word) => typeof word === 'string');
  const status =
    [error.code, error.status, error.status_code]
      .map(numberOf)
      .find((code) => code !== undefined && code >= 400 && code < 600) ??
    words.map((word) => statusWords[word]).find((known) => known !== undefined) ??
    fallback.status;
  const code = words[0];
  const message = stringOf(error.message) || fallback.message;
  return { status, message, ...(code === undefined ? {} : { code }) };
}

/** The error of an upstream's error response, from its body's text. */
export function errorOfBody(status: number, body: string): UpstreamError {
  const message = body.trim() === '' ? `The upstream answered with status ${status}.` : body.trim().slice(0, 2000);
  return { ...errorOf(parseJson(body), { status, message }), status };
}

/** A stream that ended before the response did. The code is one after which clients ask again. */
export const cutStream: UpstreamError = {
  status: 502,
  code: 'ECONNRESET',
  message: 'The upstream closed the stream before the answer was complete.',
};
