// Errors as messages on a client's socket. With a status Codex takes them for responses of that status.
import type { JsonObject } from '../../../src-shared/json.ts';
import { responses } from '../formats/responses/format.ts';
import type { UpstreamError } from '../model/events.ts';
import { objectOf } from '../model/json.ts';

type Headers = Readonly<Record<string, string>>;

const passed = ['retry-after', 'x-codex-', 'x-ratelimit-', 'x-gateway-', 'x-cpa-request-id'];

/** `body`: that of the response over HTTP. */
export function errorMessage(status: number, body: unknown, headers: Headers): JsonObject {
  const { type, code = null, message, param = null } = objectOf(objectOf(body).error);
  const told = Object.entries(headers).filter(([name]) => passed.some((one) => name.startsWith(one)));
  return { type: 'error', status, error: { type, code, message, param }, headers: Object.fromEntries(told) };
}

export const errorMessageOf = (error: UpstreamError): JsonObject =>
  errorMessage(error.status, responses.errorBody(error), {});
