// Account files: found, sorted, selected and changed together, however many there are.
import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded, NothingFound } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { BatchDrawer } from '../accounts/drawer/batch-drawer.tsx';
import { removeFiles, setDisabled } from './actions.ts';
import { FileDrawer } from './file-drawer.tsx';
import { fileState } from './file-state.ts';
import { FileTable } from './file-table.tsx';
import { FileImport } from './import/import-report.tsx';
import { ImportButton } from './import-button.tsx';
import { type Sorting, sortFiles } from './sort-files.ts';

export function Files() {
  const t = useText();
  const query = useRead('auth-files.list');
  const folder = useRead('server-info.get').data?.authDir ?? '';
  const navigate = useNavigate();
  const opened = decodeURIComponent(useParams()['*'] ?? '');
  return (
    <div className="page fill">
      <PageHead title={t('pages.files')} note={<span className="cut">{t('files.note', { folder })}</span>}>
        <ImportButton>{t('accounts.importFiles')}</ImportButton>
      </PageHead>
      <Loaded query={query} failure={t('files.failed')} rows={8}>
        {({ files }) =>
          files.length === 0 ? (
            <Empty
              title={t('files.empty')}
              actions={
                <>
                  <Button component={Link} to="/accounts" variant="filled">
                    {t('accounts.signIn')}
                  </Button>
                  <ImportButton>{t('files.choose')}</ImportButton>
                </>
              }
            >
              {t('files.emptyNote')}
            </Empty>
          ) : (
            <Browser files={files} />
          )
        }
      </Loaded>
      <FileImport takesDrops />
      {opened !== '' && query.data && (
        <FileDrawer
          key={opened}
          name={opened}
          file={query.data.files.find(({ name }) => name === opened)}
          onClose={() => void navigate('/files')}
        />
      )}
    </div>
  );
}

function Browser({ files }: { readonly files: readonly AccountFile[] }) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [type, setType] = useState<string | null>(null);
  const [state, setState] = useState<string | null>(null);
  const [sorting, setSorting] = useState<Sorting>({ by: 'name', down: false });
  const [changing, setChanging] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  const types = useMemo(() => [...new Set(files.map((file) => file.type))].sort(), [files]);
  const shown = useMemo(() => {
    const words = query.trim().toLowerCase();
    const matching = files.filter((file) => {
      if (type !== null && file.type !== type) return false;
      if (state === 'problems' && (file.disabled || file.status !== 'error')) return false;
      if (state !== null && state !== 'problems' && (file.disabled ? 'disabled' : file.status) !== state) return false;
      return `${file.name} ${file.email} ${file.label} ${fileState(t, file).label}`.toLowerCase().includes(words);
    });
    return sortFiles(matching, sorting);
  }, [files, query, type, state, sorting, t]);
  const chosen = useMemo(() => shown.filter(({ name }) => selected.has(name)), [shown, selected]);
  const clear = () => {
    setQuery('');
    setType(null);
    setState(null);
  };

  return (
    <>
      <div className="row toolbar">
        {chosen.length > 0 ? (
          <>
            <span className="strong">{t('files.selected', { count: chosen.length })}</span>
            <Button onClick={() => void setDisabled(chosen, false)}>{t('files.enable')}</Button>
            <Button onClick={() => void setDisabled(chosen, true)}>{t('files.disable')}</Button>
            <Button onClick={() => setChanging(true)}>{t('files.change')}</Button>
            <Button className="danger" onClick={() => void removeFiles(chosen.map(({ name }) => name))}>
              {t('files.deleteCount', { count: chosen.length })}
            </Button>
            <Button variant="subtle" onClick={() => setSelected(new Set())}>
              {t('files.clearSelection')}
            </Button>
          </>
        ) : (
          <>
            <TextInput
              aria-label={t('files.search')}
              placeholder={t('files.search')}
              w={264}
              leftSection={<IconSearch size={14} stroke={1.5} />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
            <Select
              aria-label={t('files.byType')}
              placeholder={t('files.allTypes')}
              data={types.map((value) => ({ value, label: value || t('files.unknown') }))}
              value={type}
              onChange={setType}
              clearable
              clearButtonProps={{ 'aria-label': t('common.clearFilters') }}
              w={136}
            />
            <Select
              aria-label={t('files.byState')}
              placeholder={t('files.allStates')}
              data={[
                { value: 'problems', label: t('files.problems') },
                ...(['ready', 'cooling', 'error', 'disabled'] as const).map((value) => ({
                  value,
                  label: t(`files.states.${value}`),
                })),
              ]}
              value={state}
              onChange={setState}
              clearable
              clearButtonProps={{ 'aria-label': t('common.clearFilters') }}
              w={152}
            />
          </>
        )}
        <span className="grow" />
        <span className="second" aria-live="polite">
          {t('files.count', { count: shown.length })}
        </span>
      </div>
      {changing && <BatchDrawer names={chosen.map(({ name }) => name)} onClose={() => setChanging(false)} />}
      {shown.length === 0 ? (
        <NothingFound onClear={clear}>{t('files.nothing', { query })}</NothingFound>
      ) : (
        <FileTable
          files={shown}
          sorting={sorting}
          onSort={(by) => setSorting({ by, down: by === sorting.by && !sorting.down })}
          selected={selected}
          onSelect={setSelected}
        />
      )}
    </>
  );
}
