// Who is told how requests go, besides their history.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

/** How a call of an upstream ended; `network`: without a response, `timeout`: without one in time. */
export type TryOutcome = 'ok' | '4xx' | '429' | '5xx' | 'network' | 'timeout';

/** What a record says of a call of an upstream. */
export interface TryEnd {
  /** Null: there was no response. */
  readonly status: number | null;
  readonly ms: number;
  readonly error: string | undefined;
  /** Undefined when it says nothing about the upstream: it was not asked, or the client left before it answered. */
  readonly outcome: TryOutcome | undefined;
}

export interface RequestObserver {
  /** `provider` is its id, as in records. */
  tried(provider: string, outcome: TryOutcome): void;
  /** `code`: of the error that this program itself gave. */
  ended(record: RequestRecord, code: string | undefined): void;
  /** Its client was not let in, so it has no record. `form` as in records. */
  rejected(form: string, status: number): void;
}

export const noObserver: RequestObserver = { tried() {}, ended() {}, rejected() {} };
