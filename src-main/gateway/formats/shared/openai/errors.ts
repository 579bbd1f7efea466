// Errors as chat completions, completions and responses tell them.
import { isContextOverflow, overflowCode } from '../../../model/errors/context-overflow.ts';
import type { UpstreamError } from '../../../model/events.ts';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'invalid_request_error',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  501: 'not_implemented_error',
};

export const openaiErrorType = (status: number): string =>
  types[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');

export const openaiErrorBody = (error: UpstreamError): { readonly error: Readonly<Record<string, unknown>> } => ({
  error: {
    message: error.message,
    type: openaiErrorType(error.status),
    param: error.param ?? null,
    code: isContextOverflow(error) ? overflowCode : (error.code ?? null),
  },
});
