// Requests of the history: read in pages, kept in step by events.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import type { OperationInput } from '../transport/transport.ts';
import { call } from './client.ts';
import { linkStore, onRequests } from './live.ts';
import { mergeNewestFirst } from './newest-first.ts';
import { useStore } from './store.ts';

/** The filters that the server knows. */
export type HistoryQuery = Omit<OperationInput<'requests.list'>, 'limit' | 'before'>;

/** The list opens with these, before the others are read. */
const firstPageSize = 100;
const pageSize = 500;
/** So many the filters can count without being scrolled to. */
const eagerRecords = 10_000;
/** Of more than so many times those that are read, the oldest are given up; scrolling reads them again. */
const keptTimes = 5;
/** Events in a row are shown together. */
const gatherMs = 100;
/** The first page is read again at most this often, for requests that were not announced one by one. */
const rereadMs = 1_000;

export interface LoadedRequests {
  /** Newest first; undefined: not read yet. */
  readonly records: readonly RequestRecord[] | undefined;
  /** Whether all that the filters leave is loaded. */
  readonly complete: boolean;
  /** Whether finished requests are kept at all. */
  readonly enabled: boolean;
  readonly error: unknown;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface Loaded {
  readonly records: readonly RequestRecord[];
  readonly next: string | null;
  readonly enabled: boolean;
}

/** `query` is compared by what it says. `eager`: so many are read without being scrolled to. */
export function useRequests(query: HistoryQuery, eager = eagerRecords): LoadedRequests {
  const key = JSON.stringify(query);
  const online = useStore(linkStore).state === 'online';
  const [loaded, setLoaded] = useState<Loaded>();
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  const more = useRef<() => void>(() => undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads again.
  useEffect(() => {
    if (!online) return;
    const filter = JSON.parse(key) as HistoryQuery;
    const isFiltered = Object.keys(filter).some((name) => name !== 'from');
    const known = new Map<string, RequestRecord>();
    let listed: readonly RequestRecord[] = [];
    /** What the list does not have yet. */
    let changes = new Map<string, RequestRecord>();
    let next: string | null = null;
    let begun = false;
    let enabled = true;
    let current = true;
    let reading = false;
    let flushTimer: ReturnType<typeof setTimeout> | undefined;
    let runningTimer: ReturnType<typeof setTimeout> | undefined;
    let rereadTimer: ReturnType<typeof setTimeout> | undefined;

    const show = () => {
      flushTimer = undefined;
      listed = mergeNewestFirst(listed, changes);
      changes = new Map();
      const maxListed = eager * keptTimes;
      if (listed.length > maxListed) {
        for (const { id } of listed.slice(maxListed)) known.delete(id);
        listed = listed.slice(0, maxListed);
      }
      const last = listed.at(-1);
      if (listed.length === maxListed && last) next = last.id;
      setLoaded({ records: listed, next, enabled });
      setError(undefined);
    };
    const put = (records: readonly RequestRecord[]) => {
      for (const record of records) {
        // The word on a request that runs may come later than the word on its end.
        if (record.state !== 'done' && known.get(record.id)?.state === 'done') continue;
        known.set(record.id, record);
        changes.set(record.id, record);
      }
    };
    const read = async (before: string | null): Promise<void> => {
      const answer = await call('requests.list', {
        ...filter,
        limit: String(Math.min(begun ? pageSize : firstPageSize, eager)),
        ...(before !== null && { before }),
      });
      if (!current) return;
      enabled = answer.enabled !== false;
      put(answer.requests);
      // A page read again from the start does not move the end.
      if (before !== null || !begun) next = answer.next;
      begun = true;
    };
    const readOn = async (until: number): Promise<void> => {
      if (reading) return;
      reading = true;
      try {
        do {
          await read(next);
          if (!current) return;
          show();
        } while (next !== null && known.size < until);
      } catch (reason) {
        if (current) setError(reason);
      } finally {
        reading = false;
      }
    };
    const reread = () => {
      rereadTimer ??= setTimeout(() => {
        rereadTimer = undefined;
        read(null).then(show, (reason: unknown) => current && setError(reason));
      }, rereadMs);
    };
    // Who is asked is known only after the word on a start.
    const readRunning = () => {
      runningTimer ??= setTimeout(() => {
        runningTimer = undefined;
        call('requests.list', { ...filter, status: 'running', limit: String(pageSize) }).then(
          ({ requests }) => {
            if (!current) return;
            put(requests);
            show();
          },
          (reason: unknown) => current && setError(reason),
        );
      }, rereadMs);
    };
    const stop = onRequests((event) => {
      // Which of the others a filter means, only the server knows.
      if (event.phase === 'many' || isFiltered) {
        if (event.phase !== 'many' && known.has(event.request.id)) put([event.request]);
        reread();
      } else put([event.request]);
      if (event.phase === 'start') readRunning();
      flushTimer ??= setTimeout(show, gatherMs);
    });
    more.current = () => {
      if (next !== null) void readOn(known.size + 1);
    };
    setLoaded(undefined);
    setError(undefined);
    void readOn(eager);
    return () => {
      current = false;
      clearTimeout(flushTimer);
      clearTimeout(rereadTimer);
      clearTimeout(runningTimer);
      stop();
    };
  }, [key, online, round, eager]);

  return {
    records: loaded?.records,
    complete: loaded !== undefined && loaded.next === null,
    enabled: loaded?.enabled ?? true,
    error,
    loadMore: useCallback(() => more.current(), []),
    reload: useCallback(() => setRound((count) => count + 1), []),
  };
}
