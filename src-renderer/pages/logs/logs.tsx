// The log as it is written, by level and by word.
import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { bytes, whole } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Failed, Loading, NothingFound } from '../../components/states.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { callDesktop, transport, useRead } from '../../state/client.ts';
import { setPreference, usePreferences } from '../../state/preferences.ts';
import { useIsSaving, useSetting } from '../../state/settings.ts';
import { LogActions } from './log-actions.tsx';
import { type Level, type LogLine, levels } from './log-line.ts';
import { type LogJump, LogList, type LogSpan } from './log-list.tsx';
import { MinuteStrip } from './minute-strip.tsx';
import { useLogLines } from './use-log-lines.ts';

interface Filter {
  readonly query: string;
  readonly levels: ReadonlySet<Level>;
  readonly hideManagement: boolean;
}

function filtered(lines: readonly LogLine[], { query, levels: wanted, hideManagement }: Filter): readonly LogLine[] {
  const word = query.trim().toLowerCase();
  return lines.filter(
    (line) =>
      wanted.has(line.level) &&
      !(hideManagement && line.management) &&
      (word === '' || line.text.toLowerCase().includes(word)),
  );
}

export function Logs() {
  const enabled = useSetting('logging-to-file');
  const saving = useIsSaving('logging-to-file');
  // Until the server has begun to write there is only what it has in memory.
  const fromFile = enabled && !saving;
  return <LogView key={String(fromFile)} fromFile={fromFile} saving={saving} />;
}

interface LogViewProps {
  /** Undefined: not known yet. */
  readonly fromFile: boolean | undefined;
  /** The switch of the file is on its way. */
  readonly saving: boolean;
}

function LogView({ fromFile, saving }: LogViewProps) {
  const t = useText();
  const { hideManagementCalls, followLogs } = usePreferences();
  const { lines, error, reload } = useLogLines(fromFile);
  const [query, setQuery] = useState('');
  const [wanted, setWanted] = useState<ReadonlySet<Level>>(new Set(levels));
  const [view, setView] = useState<LogSpan>();
  const [jump, setJump] = useState<LogJump>();

  // Typing stays quick while a long log is searched.
  const lateQuery = useDeferredValue(query);
  const shown = useMemo(
    () => filtered(lines ?? [], { query: lateQuery, levels: wanted, hideManagement: hideManagementCalls }),
    [lines, lateQuery, wanted, hideManagementCalls],
  );
  const counts = useMemo(() => {
    const result = { debug: 0, info: 0, warning: 0, error: 0, management: 0 };
    for (const { level, management } of lines ?? []) {
      result[level] += 1;
      if (management) result.management += 1;
    }
    return result;
  }, [lines]);

  const toggle = (level: Level, on: boolean) => {
    const next = new Set(wanted);
    if (on) next.add(level);
    else next.delete(level);
    setWanted(next);
  };

  return (
    <div className="page fill">
      <PageHead title={t('pages.logs')} note={fromFile === false ? t('logs.fromMemory') : <LogSize />}>
        <LogActions
          lines={lines ?? []}
          shown={shown}
          fromFile={fromFile !== false}
          saving={saving}
          onCleared={reload}
        />
      </PageHead>
      <div className="row log-tools">
        <TextInput
          aria-label={t('logs.filter')}
          placeholder={t('logs.filter')}
          className="log-filter"
          leftSection={<IconSearch size={14} stroke={1.5} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        {levels.map((level) => (
          <Checkbox
            key={level}
            checked={wanted.has(level)}
            label={
              <>
                {t(`logs.levels.${level}`)} <span className="dim">{whole(counts[level])}</span>
              </>
            }
            onChange={(event) => toggle(level, event.currentTarget.checked)}
          />
        ))}
        <span className="grow" />
        <Checkbox
          checked={hideManagementCalls}
          label={t('logs.hideManagement')}
          onChange={(event) => setPreference('hideManagementCalls', event.currentTarget.checked)}
        />
      </div>
      <MinuteStrip
        lines={shown}
        view={view}
        onJump={(line) => {
          setPreference('followLogs', false);
          setJump({ line });
        }}
      />
      {body()}
      <div className="row second page-foot">
        <span className="grow" role="status">
          {t('logs.shown', { count: shown.length })}
          {hideManagementCalls && counts.management > 0 && `, ${t('logs.hidden', { count: counts.management })}`}
        </span>
        {lines && lines.length > 0 && <span>{t('logs.newest', { time: newestTime(lines) })}</span>}
      </div>
    </div>
  );

  function body() {
    if (error !== undefined && lines === undefined) {
      return <Failed title={t('logs.failed')} error={error} onRetry={reload} />;
    }
    if (lines === undefined) return <Loading rows={8} height={24} />;
    if (lines.length === 0) return <Empty title={t('logs.empty')}>{t('logs.emptyNote')}</Empty>;
    if (shown.length === 0) {
      return (
        <NothingFound
          onClear={() => {
            setQuery('');
            setWanted(new Set(levels));
          }}
        >
          {query ? t('logs.nothing', { query }) : t('logs.nothingAtLevels')}
        </NothingFound>
      );
    }
    return (
      <LogList
        lines={shown}
        follow={followLogs}
        jump={jump}
        onView={setView}
        onLeaveEnd={() => setPreference('followLogs', false)}
      />
    );
  }
}

/** What the log takes on the disk, and where it is. */
function LogSize() {
  const t = useText();
  const info = useRead('server-info.get').data;
  const limit = useSetting('logs-max-total-size-mb') ?? 0;
  return (
    <>
      {info &&
        (limit > 0
          ? t('logs.sizeOf', { size: bytes(info.logBytes), limit: bytes(limit * 1e6) })
          : bytes(info.logBytes))}{' '}
      {transport.desktop && (
        <button
          type="button"
          className="plain link"
          onClick={() =>
            void attempt(t('common.folderFailed'), () => callDesktop('desktop.open-folder', { folder: 'logs' }))
          }
        >
          {t('palette.folders.logs')}
        </button>
      )}
    </>
  );
}

const newestTime = (lines: readonly LogLine[]) => lines.findLast(({ time }) => time !== '')?.time ?? '';
