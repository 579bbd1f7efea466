// What went wrong with one attempt at an upstream.

import type { UpstreamError } from '../events.ts';
import type { Refusal } from './refusal.ts';

/** Whose error bodies: formats of one family share them. */
export type ErrorFamily = 'anthropic' | 'google' | 'openai';

/** An upstream error with what is needed to pass it on and to decide what comes next. */
export interface AttemptError extends UpstreamError {
  /** The upstream's own error body, when it is JSON, and the family of its format. */
  readonly body?: Buffer;
  readonly bodyFamily?: ErrorFamily;
  /** What the provider is known to mean by it. The message then begins with its sentence. */
  readonly refusal?: Refusal;
  /** There was no response at all: connection refused, reset, timed out. */
  readonly isNetwork?: boolean;
  /** The gateway itself gave up: nobody else is asked, and nobody cools down for it. */
  readonly isOurs?: boolean;
  /** Of a 429: what is used up, and until when (milliseconds since the epoch), where the upstream's limits say so. */
  readonly quota?: { readonly scope: 'model' | 'credential'; readonly until: number };
  /** Headers for the client if it is told of this error: who was asked, and what the upstream says of its limits. */
  readonly clientHeaders?: Readonly<Record<string, string>>;
}
