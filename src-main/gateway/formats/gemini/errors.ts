// Errors as Google's services tell them.
import type { UpstreamError } from '../../model/events.ts';
import { sseFrame } from '../../model/sse.ts';

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

/**
 * Ends a stream after an error. Google's SDKs for JavaScript do not look at error events, but they throw when what is left
 * at the end is no event ("Incomplete JSON segment at the end"); other readers skip a comment.
 */
export const incompleteMark = ': incomplete';

export const geminiErrorFrame = (error: UpstreamError): string => sseFrame(geminiErrorBody(error)) + incompleteMark;
