// What can be done with the whole history: save it as a file, and clear it.
import { Button, Menu } from '@mantine/core';
import { memo, useState } from 'react';
import { SideDrawer } from '../../components/drawer.tsx';
import { day } from '../../components/format.ts';
import { maskText } from '../../components/mask.ts';
import { saveText } from '../../components/save-text.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import type { HistoryQuery } from '../../state/use-requests.ts';

const types = { csv: 'text/csv', json: 'application/json' } as const;

interface HistoryActionsProps {
  /** The filters in force; what they leave is saved. */
  readonly query: HistoryQuery;
  /** There is nothing to save. */
  readonly isEmpty: boolean;
  readonly onCleared: () => void;
}

export const HistoryActions = memo(function HistoryActions({ query, isEmpty, onCleared }: HistoryActionsProps) {
  const t = useText();
  const privacy = usePrivacy();
  const [clearing, setClearing] = useState(false);
  const save = (format: 'csv' | 'json', filters: HistoryQuery) =>
    attempt(t('requests.exportFailed'), async () => {
      const { text } = await call('requests.export', { ...filters, format });
      saveText(`requests-${day(Date.now())}.${format}`, privacy ? maskText(text) : text, types[format]);
    });
  const clear = async () => {
    await attempt(t('requests.clearFailed'), async () => {
      const { removed } = await call('requests.clear');
      setClearing(false);
      onCleared();
      toastDone({ title: t('requests.cleared', { count: removed }) });
    });
  };
  return (
    <>
      <Button onClick={() => setClearing(true)}>{t('requests.clear')}</Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button disabled={isEmpty}>{t('requests.export')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('csv', query)}>{t('requests.exportCsv')}</Menu.Item>
          <Menu.Item onClick={() => void save('json', query)}>{t('requests.exportJson')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {clearing && (
        <SideDrawer
          title={t('requests.clearTitle')}
          note={t('requests.clearNote')}
          width={440}
          onClose={() => setClearing(false)}
          foot={
            <>
              <Button onClick={() => void save('json', {})}>{t('requests.saveFirst')}</Button>
              <span className="grow" />
              <Button data-autofocus onClick={() => setClearing(false)}>
                {t('common.cancel')}
              </Button>
              <Button className="danger" onClick={() => void clear()}>
                {t('requests.clearNow')}
              </Button>
            </>
          }
        >
          <ul className="plain-list">
            {(['records', 'running', 'counters', 'usage', 'logs'] as const).map((part) => (
              <li key={part}>{t(`requests.clearing.${part}`)}</li>
            ))}
          </ul>
        </SideDrawer>
      )}
    </>
  );
});
