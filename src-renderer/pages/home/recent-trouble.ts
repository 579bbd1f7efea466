// Whether the last requests of clients show that something does not work.
import type { RecentRequest } from '../../../src-shared/contract/recent-requests.ts';

export const recentMs = 15 * 60_000;
const few = 5;
const many = 10;

export interface RecentTrouble {
  /** Newest first: the requests that the counts are about. */
  readonly requests: readonly RecentRequest[];
  readonly failed: number;
  /** No request got an answer. */
  readonly isTotal: boolean;
  /** The newest that failed. */
  readonly newest: RecentRequest;
}

/**
 * The failures of the last 15 minutes, when all requests, three of the last five, or a fifth of at least ten failed.
 * What a client did wrong itself, or did not wait for, says nothing about the program. `requests` newest first.
 */
export function recentTrouble(requests: readonly RecentRequest[], now: number): RecentTrouble | undefined {
  const telling = requests.filter(
    ({ time, outcome }) => now - Date.parse(time) <= recentMs && (outcome === 'answered' || outcome === 'upstream'),
  );
  const failures = telling.filter(isFailed);
  const [newest] = failures;
  if (newest === undefined) return undefined;
  const last = telling.slice(0, few);
  const failed = last.filter(isFailed).length;
  if (failures.length === telling.length || failed >= 3) {
    return { requests: last, failed, isTotal: failures.length === telling.length, newest };
  }
  const isOften = telling.length >= many && failures.length / telling.length >= 0.2;
  return isOften ? { requests: telling, failed: failures.length, isTotal: false, newest } : undefined;
}

const isFailed = ({ outcome }: RecentRequest) => outcome === 'upstream';
