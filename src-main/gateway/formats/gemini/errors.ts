// Errors as Google's services tell them.
import type { UpstreamError } from '../../model/events.ts';

const words: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

export const geminiErrorBody = ({ status, message }: UpstreamError) => ({
  error: { code: status, message, status: words[status] ?? (status < 500 ? 'INVALID_ARGUMENT' : 'UNAVAILABLE') },
});
