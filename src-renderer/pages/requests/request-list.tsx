// The list of requests. Only the rows in view exist; those that run stand on top.
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { useText } from '../../i18n/i18n.ts';
import type { RequestNames } from '../../state/request-names.ts';
import { RequestRow } from './request-row.tsx';

const rowHeight = 32;
const narrowRowHeight = 49;
const overscan = 12;
/** The page before the end of what is loaded is asked for this many rows early. */
const aheadRows = 60;

const columns = ['time', 'key', 'model', 'by', 'state', 'first', 'total', 'tokens', 'usd'] as const;
const numbers: ReadonlySet<string> = new Set(['first', 'total', 'tokens', 'usd']);

interface RequestListProps {
  readonly records: readonly RequestRecord[];
  readonly names: RequestNames;
  readonly chosen: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onCopy: (record: RequestRecord) => void;
  readonly onEnd: () => void;
}

export function RequestList({ records, names, chosen, onOpen, onCopy, onEnd }: RequestListProps) {
  const t = useText();
  const isNarrow = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string>();
  const height = isNarrow ? narrowRowHeight : rowHeight;
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => records[index]?.id ?? index,
    overscan,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of rows is what is measured.
  useEffect(() => rows.measure(), [height]);
  useSteadyView(scroller, records, height);

  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last + aheadRows >= records.length) onEnd();
  }, [last, records.length, onEnd]);

  const tabStop = items.some(({ index }) => records[index]?.id === current)
    ? current
    : records[items[0]?.index ?? 0]?.id;
  const move = (to: number) => {
    const record = records[Math.min(Math.max(to, 0), records.length - 1)];
    if (!record) return;
    setCurrent(record.id);
    rows.scrollToIndex(records.indexOf(record));
    requestAnimationFrame(() => rowOf(scroller.current, record.id)?.focus({ preventScroll: true }));
  };
  // Closing the drawer comes back to the request it showed last.
  const shownLast = useRef(chosen);
  const comeBack = useRef(move);
  comeBack.current = move;
  useEffect(() => {
    const before = shownLast.current;
    shownLast.current = chosen;
    if (chosen !== undefined || before === undefined) return;
    comeBack.current(records.findIndex(({ id }) => id === before));
  }, [chosen, records]);
  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest('tr')?.dataset.id;
    const index = records.findIndex((record) => record.id === id);
    const record = records[index];
    if (record && (event.ctrlKey || event.metaKey) && event.key === 'c' && String(getSelection()) === '') {
      event.preventDefault();
      onCopy(record);
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: records.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter' && record) onOpen(record.id);
  };
  const onClick = (event: MouseEvent) => {
    const id = (event.target as HTMLElement).closest('tr')?.dataset.id;
    if (id === undefined || String(getSelection()) !== '') return;
    setCurrent(id);
    onOpen(id);
  };

  return (
    <section className="request-scroll" ref={scroller} aria-label={t('pages.requests')}>
      <table
        className="table request-table"
        aria-rowcount={records.length + 1}
        aria-label={t('pages.requests')}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {!isNarrow && (
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((name) => (
                <th key={name} scope="col" className={`col-${name} ${numbers.has(name) ? 'num' : ''}`}>
                  {t(`requests.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {before > 0 && <Space height={before} />}
          {items.map(({ index }) => {
            const record = records[index] as RequestRecord;
            return (
              <RequestRow
                key={record.id}
                record={record}
                names={names}
                index={index + 2}
                isChosen={record.id === chosen}
                isCurrent={record.id === tabStop}
                isEdge={record.state === 'running' && records[index + 1]?.state !== 'running'}
                isNarrow={isNarrow}
              />
            );
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
    </section>
  );
}

const rowOf = (scroller: HTMLElement | null, id: string): HTMLElement | null =>
  scroller?.querySelector(`tr[data-id="${CSS.escape(id)}"]`) ?? null;

/** What is in view stays in view when requests come in above it; at the top the newest do. */
function useSteadyView(
  scroller: { readonly current: HTMLElement | null },
  records: readonly RequestRecord[],
  height: number,
): void {
  const seen = useRef<readonly RequestRecord[]>(records);
  useEffect(() => {
    const element = scroller.current;
    const first = Math.floor((element?.scrollTop ?? 0) / height);
    const anchor = seen.current[first]?.id;
    seen.current = records;
    if (element === null || first === 0 || anchor === undefined) return;
    const moved = records.findIndex(({ id }) => id === anchor) - first;
    if (moved > 0) element.scrollTop += moved * height;
  }, [scroller, records, height]);
}

/** Stands for the rows out of view. It spans no columns: those that are hidden in a narrow window would come back. */
const Space = ({ height }: { readonly height: number }) => (
  <tr className="space">
    <td style={{ height }} />
  </tr>
);
