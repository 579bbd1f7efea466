// Errors of the connection to an upstream, in words without addresses or keys.
import type { AttemptError } from '../model/errors/attempt-error.ts';

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** The system's code is kept: some clients ask again when a stream ends with one that a broken connection has. */
export function networkError(error: unknown): AttemptError {
  const code = codeOf(error);
  const status = timeouts.has(code) ? 504 : 502;
  const what = status === 504 ? 'did not answer in time' : 'cannot be reached, or closed the connection';
  return { status, code, message: `The upstream ${what} (${code}).`, isNetwork: true };
}

/** The code of an error or of what caused it. */
function codeOf(error: unknown): string {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as NodeJS.ErrnoException;
    const inner = one instanceof AggregateError ? codeOf(one.errors[0]) : undefined;
    if (typeof code === 'string' && !(one.cause instanceof Error)) return code;
    if (inner !== undefined) return inner;
  }
  return error instanceof Error ? error.name : 'unknown error';
}
