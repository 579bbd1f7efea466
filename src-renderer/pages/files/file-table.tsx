// The table of account files. Only the rows in view exist, so thousands open as fast as ten.
import { Checkbox } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef } from 'react';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { useNow } from '../../components/format.ts';
import { MenuColumn } from '../../components/table-head.tsx';
import { useText } from '../../i18n/i18n.ts';
import { FileRow } from './file-row.tsx';
import type { Sorting } from './sort-files.ts';

const rowHeight = 36;

const columns = [
  { by: 'name' },
  { by: 'email', wide: true },
  { by: 'type', narrowOff: true },
  { by: 'state' },
  { by: 'size', number: true, wide: true },
  { by: 'modified', number: true, narrowOff: true },
  { by: 'lastUsed', number: true, wide: true },
] as const;

interface FileTableProps {
  readonly files: readonly AccountFile[];
  readonly sorting: Sorting;
  readonly onSort: (by: Sorting['by']) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

export function FileTable({ files, sorting, onSort, selected, onSelect }: FileTableProps) {
  const t = useText();
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const allSelected = files.every(({ name }) => selected.has(name));
  const someSelected = files.some(({ name }) => selected.has(name));

  // The newest selection by reference, so that rows need not be redrawn for a change elsewhere.
  const latest = useRef({ selected, onSelect });
  latest.current = { selected, onSelect };
  const toggle = useCallback((name: string, on: boolean) => {
    const next = new Set(latest.current.selected);
    if (on) next.add(name);
    else next.delete(name);
    latest.current.onSelect(next);
  }, []);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="file-scroll" ref={scroller} tabIndex={0} aria-label={t('pages.files')}>
      <table className="table file-table" aria-rowcount={files.length + 1}>
        <thead>
          <tr>
            <th scope="col" className="pick">
              <Checkbox
                aria-label={t('files.selectAll')}
                checked={allSelected}
                indeterminate={someSelected && !allSelected}
                onChange={(event) =>
                  onSelect(event.currentTarget.checked ? new Set(files.map(({ name }) => name)) : new Set())
                }
              />
            </th>
            {columns.map(({ by, ...column }) => (
              <th
                key={by}
                scope="col"
                className={`col-${by} ${'number' in column ? 'num' : ''} ${'wide' in column ? 'wide-only' : ''} ${'narrowOff' in column ? 'narrow-off' : ''}`}
                aria-sort={sorting.by === by ? (sorting.down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="sort" onClick={() => onSort(by)}>
                  {t(`files.${by}`)}
                  {sorting.by === by && (sorting.down ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
                </button>
              </th>
            ))}
            <th scope="col" className="num col-counts narrow-off">
              {t('files.okFailed')}
            </th>
            <th scope="col" className="col-use">
              {t('files.use')}
            </th>
            <MenuColumn />
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} />}
          {items.map(({ index }) => {
            const file = files[index] as AccountFile;
            return (
              <FileRow
                key={file.name}
                file={file}
                index={index + 2}
                now={now}
                selected={selected.has(file.name)}
                onToggle={toggle}
              />
            );
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows out of view. It spans no columns: those that are hidden in a narrow window would come back. */
const Space = ({ height }: { readonly height: number }) => (
  <tr className="space">
    <td style={{ height }} />
  </tr>
);
