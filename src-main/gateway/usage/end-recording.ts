// Ends the record of a request by how the request ended.

import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type { RequestRecording } from '../records/request-record.ts';
import type { Outcome } from '../request/request-context.ts';
import type { AskedFacts } from './queued-request.ts';

/** How a request ended; one that no model was asked for has only a sentence, or nothing when the client left. */
export type Ended = { readonly outcome: Outcome; readonly asked: AskedFacts } | { readonly rejection?: string };

export interface RequestEnd {
  readonly ended: Ended;
  readonly serverResponse: {
    readonly writableEnded: boolean;
    readonly headersSent: boolean;
    readonly statusCode: number;
  };
  /** Whether the client left or the program ends. */
  readonly isAborted: boolean;
}

export function endRecording(recording: RequestRecording, end: RequestEnd): RequestRecord {
  const { ended, serverResponse, isAborted } = end;
  const outcome = 'outcome' in ended ? ended.outcome : undefined;
  const rejection = 'rejection' in ended ? ended.rejection : undefined;
  const hasLeft = (isAborted && !serverResponse.writableEnded) || !serverResponse.headersSent;
  const { statusCode } = serverResponse;
  recording.counted(outcome?.estimated ?? outcome?.usage, outcome?.estimated !== undefined);
  return recording.end({
    status: hasLeft ? undefined : statusCode,
    failed: outcome === undefined || outcome.failed || statusCode >= 400,
    error: outcome?.error?.message ?? rejection,
    code: outcome?.error?.code,
  });
}
