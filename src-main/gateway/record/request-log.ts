// The log of one request, while `request-log` is on: what came, what was asked, what was answered; keys masked.
import type { Credential } from '../credentials/credential.ts';
import type { UpstreamWatcher } from '../pipeline/attempt.ts';
import type { AnswerWatcher } from '../pipeline/client-answer.ts';
import type { UpstreamCall } from '../upstream/send.ts';

export interface RequestLog {
  readonly answer: AnswerWatcher;
  /** The next attempt. */
  upstream(credential: Credential, call: UpstreamCall, body: Buffer | string): UpstreamWatcher;
}
