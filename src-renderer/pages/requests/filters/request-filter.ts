// What the filters of the page ask of the history, and which of the loaded requests the chips leave.
import type { RequestRecord } from '../../../../src-shared/contract/requests.ts';
import { dateFormat } from '../../../components/format.ts';
import type { HistoryQuery } from '../../../state/use-requests.ts';

export const chips = ['running', 'failed', 'retried'] as const;
export type ChipName = (typeof chips)[number];

export const ranges = ['hour', 'today', 'week', 'all'] as const;
export type Range = (typeof ranges)[number];

const hourMs = 3_600_000;

/** When a range begins, in milliseconds; undefined: with the first request. */
export function rangeStart(range: Range, now: number): number | undefined {
  if (range === 'all') return undefined;
  if (range === 'hour') return now - hourMs;
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return range === 'today' ? midnight : midnight - 6 * 24 * hourMs;
}

/** Milliseconds; `from` is inside, `to` outside. */
export interface LinkedSpan {
  readonly from: number;
  readonly to: number;
}

/** A time that another page links to; undefined without one. */
export function linkedSpan(query: URLSearchParams): LinkedSpan | undefined {
  const [from, to] = ['from', 'to'].map((name) => Number(query.get(name)));
  return from && to && from < to ? { from, to } : undefined;
}

/** `27 November`, `27 Nov, 14:00 – 15:00`, `24 – 30 Nov`. */
export function spanText({ from, to }: LinkedSpan): string {
  const isShort = to - from < 20 * hourMs;
  const format = isShort
    ? dateFormat({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false })
    : dateFormat({ day: 'numeric', month: 'short' });
  return format.formatRange(from, isShort ? to : to - 1);
}

const words: Readonly<Record<string, 'status' | 'model' | 'key' | 'source'>> = {
  status: 'status',
  model: 'model',
  key: 'key',
  by: 'source',
};
const statusWords = /^(?:\d(?:\d\d|xx)|success|failure|aborted|running)$/i;

/**
 * A text such as `status:5xx by:relay-a timeout`: words with a known name before a colon are filters of their own, the
 * others are searched for. A model is found by any part of its name. `keyId` finds a key by its shown name.
 */
export function parseSearch(text: string, keyId: (name: string) => string): HistoryQuery {
  const rest: string[] = [];
  const query: { status?: string; model?: string; key?: string; source?: string; q?: string } = {};
  for (const word of text.trim().split(/\s+/)) {
    const colon = word.indexOf(':');
    const field = colon > 0 ? words[word.slice(0, colon).toLowerCase()] : undefined;
    const value = word.slice(colon + 1);
    if (field === undefined || value === '') rest.push(word);
    else if (field === 'model') query.model = value.includes('*') ? value : `*${value}*`;
    else if (field === 'key') query.key = keyId(value);
    else if (field === 'source' || statusWords.test(value)) query[field] = value.toLowerCase();
    else rest.push(word);
  }
  const q = rest.join(' ');
  return q === '' ? query : { ...query, q };
}

export function fitsChip(record: RequestRecord, chip: ChipName): boolean {
  if (chip === 'running') return record.state === 'running';
  if (chip === 'failed') return record.outcome === 'failure';
  return record.tries.length > 1;
}

/** Running ones first, each group newest first; chips join what they leave. */
export function shownRequests(
  records: readonly RequestRecord[],
  chosen: ReadonlySet<ChipName>,
): readonly RequestRecord[] {
  const fitting =
    chosen.size === 0 ? records : records.filter((record) => [...chosen].some((chip) => fitsChip(record, chip)));
  const running = fitting.filter(({ state }) => state === 'running');
  return running.length === 0 ? fitting : [...running, ...fitting.filter(({ state }) => state !== 'running')];
}
