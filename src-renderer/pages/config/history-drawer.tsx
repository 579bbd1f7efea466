// Earlier versions of the config: when, by whom, and what was different.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SideDrawer } from '../../components/drawer.tsx';
import { ago, bytes, clock, day, useNow } from '../../components/format.ts';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { DiffArea } from './diff-area.tsx';

interface HistoryDrawerProps {
  readonly draft: string;
  /** Puts a version into the editor, where it is reviewed like any change. */
  readonly onRestore: (text: string) => void;
  readonly onClose: () => void;
}

export function HistoryDrawer({ draft, onRestore, onClose }: HistoryDrawerProps) {
  const t = useText();
  const now = useNow();
  const versions = useRead('config-history.list');
  const [id, setId] = useState<string>();
  const version = useQuery({
    queryKey: ['config-history.get', id],
    queryFn: () => call('config-history.get', { id: id ?? '' }),
    enabled: id !== undefined,
  });
  const chosen = versions.data?.versions.find((candidate) => candidate.id === id);
  return (
    <SideDrawer
      title={
        chosen ? t('config.versionOf', { time: `${day(chosen.time)} ${clock(chosen.time)}` }) : t('config.history')
      }
      note={t(chosen ? 'config.versionNote' : 'config.historyNote')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          {chosen ? (
            <>
              <Button onClick={() => setId(undefined)}>{t('config.backToHistory')}</Button>
              <Button
                variant="filled"
                disabled={version.data === undefined || version.data.text === draft}
                onClick={() => version.data && onRestore(version.data.text)}
              >
                {t('config.restore')}
              </Button>
            </>
          ) : (
            <Button data-autofocus onClick={onClose}>
              {t('common.close')}
            </Button>
          )}
        </>
      }
    >
      {chosen ? (
        <Loaded query={version} failure={t('config.versionFailed')}>
          {({ text }) => <DiffArea key={id} label={t('config.changes')} before={draft} after={text} />}
        </Loaded>
      ) : (
        <Loaded query={versions} failure={t('config.historyFailed')}>
          {(data) =>
            data.versions.length === 0 ? (
              <Empty title={t('config.noHistory')}>{t('config.noHistoryNote')}</Empty>
            ) : (
              <ul className="feed">
                {data.versions.map((entry) => (
                  <li key={entry.id} className="request-log">
                    <button type="button" className="plain link cut" onClick={() => setId(entry.id)}>
                      {day(entry.time)} {clock(entry.time)}, {t(`home.actors.${entry.actor}`)}
                    </button>
                    <span className="second">{bytes(entry.size)}</span>
                    <span className="second">{ago(entry.time, now)}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </SideDrawer>
  );
}
