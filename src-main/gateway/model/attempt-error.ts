// What went wrong with one attempt at an upstream, and how it is found in answers and errors.
import type { FormatName } from '../formats/format-name.ts';
import type { UpstreamError } from './events.ts';

/** A fault of one attempt, with what is needed to pass it on and to decide what comes next. */
export interface AttemptError extends UpstreamError {
  /** The upstream's own error body, when it is JSON, and the format it is told in. */
  readonly body?: Buffer;
  readonly format?: FormatName;
  /** No answer came at all: connection refused, reset, timed out. */
  readonly isNetwork?: boolean;
}
