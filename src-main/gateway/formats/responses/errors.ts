import type { UpstreamError } from '../../model/events.ts';
import { sseFrame } from '../../model/sse.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';

/** An error of a stream that has not begun. */
export function errorFrame(upstreamError: UpstreamError): string {
  const { error } = openaiErrorBody(upstreamError);
  return sseFrame(
    { type: 'error', sequence_number: 0, code: error.code, message: error.message, param: null, error },
    'error',
  );
}
