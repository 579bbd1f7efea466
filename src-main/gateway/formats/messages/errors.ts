// Errors as the Messages format tells them.
import { isContextOverflow } from '../../model/errors/context-overflow.ts';
import type { UpstreamError } from '../../model/events.ts';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** The beginning by which Claude Code knows that it has to shorten the conversation. */
const tooLong = 'prompt is too long';

const messageOf = (error: UpstreamError): string =>
  isContextOverflow(error) && !error.message.toLowerCase().includes(tooLong)
    ? `${tooLong}: ${error.message}`
    : error.message;

export const messagesErrorBody = (error: UpstreamError) => ({
  type: 'error',
  error: {
    type: types[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'api_error'),
    message: messageOf(error),
  },
});
