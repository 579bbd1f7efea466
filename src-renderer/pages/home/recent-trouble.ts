// Whether the last requests of clients show that something does not work.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

export const recentMs = 15 * 60_000;
const few = 5;
const many = 10;
/** What an upstream says of a request that is wrong in itself. */
const clientStatuses: ReadonlySet<number> = new Set([400, 404, 413, 422]);

export interface RecentTrouble {
  /** Newest first: the requests that the counts are about. */
  readonly requests: readonly RequestRecord[];
  readonly failed: number;
  /** No request got a response. */
  readonly isTotal: boolean;
  /** The newest failure that a provider answered; failures after it may only find that nothing is left to ask. */
  readonly newest: RequestRecord;
}

/**
 * The failures of the last 15 minutes, when all requests, three of the last five, or a fifth of at least ten failed.
 * What a client did wrong itself, or did not wait for, says nothing about the program. `requests` newest first.
 */
export function recentTrouble(requests: readonly RequestRecord[], now: number): RecentTrouble | undefined {
  const telling = requests.filter(
    (request) => now - endOf(request) <= recentMs && (request.outcome === 'success' || isFailed(request)),
  );
  const failures = telling.filter(isFailed);
  const newest = failures.find(({ tries }) => tries.length > 0) ?? failures[0];
  if (newest === undefined) return undefined;
  const last = telling.slice(0, few);
  const failed = last.filter(isFailed).length;
  if (failures.length === telling.length || failed >= 3) {
    return { requests: last, failed, isTotal: failures.length === telling.length, newest };
  }
  const isOften = telling.length >= many && failures.length / telling.length >= 0.2;
  return isOften ? { requests: telling, failed: failures.length, isTotal: false, newest } : undefined;
}

const endOf = ({ finished_at, started_at }: RequestRecord): number => Date.parse(finished_at ?? started_at);

/** Failed, and not by the client's own model name, key, limit or request. */
export function isFailed({ outcome, status, tries }: RequestRecord): boolean {
  if (outcome !== 'failure') return false;
  const last = tries.at(-1);
  if (last === undefined) return (status ?? 0) >= 500;
  return last.status === null || !clientStatuses.has(last.status);
}

/** What the provider said of the newest failure. */
export const failureStatus = ({ tries, status }: RequestRecord): number => tries.at(-1)?.status ?? status ?? 0;
