// Whether the requests of the last minutes fail, through no fault of the clients.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import type { Clock } from '../lib/time/clock.ts';

const spanMs = 5 * 60_000;
/** Between two notices. */
const pauseMs = 15 * 60_000;
const minFailed = 5;
/** A busy gateway's older requests do not count. */
const maxRemembered = 10_000;

/** Answers that the client has to see to. */
const clientStatuses = new Set([400, 404, 405, 409, 413, 415, 422]);

export interface FailingSummary {
  readonly failed: number;
  readonly requests: number;
  /** Seconds that they ended in. */
  readonly seconds: number;
  /** Of the last one. */
  readonly error: string | null;
}

export class FailingRequests {
  readonly #clock: Clock;
  #ended: { readonly at: number; readonly failed: boolean }[] = [];
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What there is to tell, if anything. */
  ended(record: RequestRecord): FailingSummary | undefined {
    const now = this.#clock.now();
    this.#ended.push({ at: now, failed: isUpstreamFailure(record) });
    if (this.#ended.length > maxRemembered) this.#ended = this.#ended.slice(-maxRemembered / 2);
    if (!this.#ended.at(-1)?.failed || now - this.#toldAt < pauseMs) return undefined;
    this.#ended = this.#ended.filter(({ at }) => now - at <= spanMs);
    const requests = this.#ended.length;
    const failed = this.#ended.filter((one) => one.failed).length;
    if (failed < minFailed || failed * 2 < requests) return undefined;
    this.#toldAt = now;
    return { failed, requests, seconds: spanMs / 1000, error: record.error };
  }
}

/** Refusals of our own never went to an upstream. */
function isUpstreamFailure({ outcome, tries }: RequestRecord): boolean {
  const last = tries.at(-1);
  return outcome === 'failure' && last !== undefined && (last.status === null || !clientStatuses.has(last.status));
}
