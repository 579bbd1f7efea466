// The table of account files. Only the rows in view exist, so thousands open as fast as ten.
import { Checkbox, Menu } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useRef } from 'react';
import { Link } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { ago, bytes, useNow, whole } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { PlainCheckbox, PlainSwitch } from '../../components/plain-inputs.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { MenuColumn } from '../../components/table-head.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { downloadFile, endCooldown, removeFiles, setDisabled } from './actions.ts';
import { cooldownLeft, fileState } from './file-state.ts';
import type { Sorting } from './sort-files.ts';

const rowHeight = 36;

const columns = [
  { by: 'name' },
  { by: 'email', wide: true },
  { by: 'type' },
  { by: 'state' },
  { by: 'size', number: true, wide: true },
  { by: 'modified', number: true },
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

  // The newest selection by reference, so that rows need not be drawn anew for a change elsewhere.
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
                className={`col-${by} ${'number' in column ? 'num' : ''} ${'wide' in column ? 'wide-only' : ''}`}
                aria-sort={sorting.by === by ? (sorting.down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="sort" onClick={() => onSort(by)}>
                  {t(`files.${by}`)}
                  {sorting.by === by && (sorting.down ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
                </button>
              </th>
            ))}
            <th scope="col" className="num col-counts">
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
              <Row
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

/** Stands for the rows out of view. */
const Space = ({ height }: { readonly height: number }) => (
  <tr className="space">
    <td colSpan={columns.length + 4} style={{ height }} />
  </tr>
);

interface RowProps {
  readonly file: AccountFile;
  readonly index: number;
  readonly now: number;
  readonly selected: boolean;
  readonly onToggle: (name: string, on: boolean) => void;
}

const Row = memo(function Row({ file, index, now, selected, onToggle }: RowProps) {
  const t = useText();
  const privacy = usePrivacy();
  const name = privacy ? maskEmail(file.name) : file.name;
  const { status, label } = fileState(t, file, now);
  return (
    <tr aria-rowindex={index} className={file.disabled ? 'dim' : ''}>
      <td className="pick">
        <PlainCheckbox
          label={t('files.select', { name })}
          checked={selected}
          onChange={(on) => onToggle(file.name, on)}
        />
      </td>
      <td className="col-name">
        <Link className="cut file-name" to={`/files/${encodeURIComponent(file.name)}`} title={name}>
          {name}
        </Link>
      </td>
      <td className="cut wide-only">{privacy ? maskEmail(file.email) : file.email || '–'}</td>
      <td>
        <span className="tag">{file.type || t('files.unknown')}</span>
      </td>
      <td>
        <StatusText status={status}>{label}</StatusText>
      </td>
      <td className="num dim wide-only col-size">{bytes(file.size)}</td>
      <td className="num dim">{ago(file.modtime, now)}</td>
      <td className="num dim wide-only">{ago(file.last_used, now)}</td>
      <td className="num">
        {whole(file.success)} / {whole(file.failed)}
      </td>
      <td>
        <PlainSwitch
          label={t('accounts.useNamed', { name })}
          checked={!file.disabled}
          onChange={(on) => void setDisabled([file], !on)}
        />
      </td>
      <td className="act">
        <RowMenu name={name}>
          {() => (
            <>
              <Menu.Item component={Link} to={`/files/${encodeURIComponent(file.name)}`}>
                {t('accounts.showFile')}
              </Menu.Item>
              {cooldownLeft(file, now) > 0 && (
                <Menu.Item onClick={() => void endCooldown(file.name)}>{t('files.endCooldown')}</Menu.Item>
              )}
              <Menu.Item onClick={() => void downloadFile(file.name)}>{t('files.download')}</Menu.Item>
              <Menu.Divider />
              <Menu.Item className="danger" onClick={() => void removeFiles([file.name])}>
                {t('common.delete')}
              </Menu.Item>
            </>
          )}
        </RowMenu>
      </td>
    </tr>
  );
});
