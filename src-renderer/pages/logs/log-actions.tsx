// What can be done with the log: follow, save, clear, switch off, and go to the failed requests.
import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from 'react-router';
import { maskText } from '../../components/mask.ts';
import { saveText } from '../../components/save-text.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { setPreference, usePreferences } from '../../state/preferences.ts';
import { setSetting } from '../../state/settings.ts';
import type { LogLine } from './log-line.ts';

interface LogActionsProps {
  readonly lines: readonly LogLine[];
  /** The lines that the filters leave. */
  readonly shown: readonly LogLine[];
  /** Else they are from memory, where there is nothing to clear. */
  readonly fromFile: boolean;
  readonly saving: boolean;
  readonly onCleared: () => void;
}

export function LogActions({ lines, shown, fromFile, saving, onCleared }: LogActionsProps) {
  const t = useText();
  const { followLogs, privacy } = usePreferences();
  const save = (list: readonly LogLine[]) => {
    const text = list.map((line) => line.text).join('\n');
    const name = `cli-proxy-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.log`;
    saveText(name, `${privacy ? maskText(text) : text}\n`, 'text/plain');
  };
  const clear = async () => {
    const done = await attempt(t('logs.clearFailed'), () => call('logs.clear'));
    if (!done) return;
    onCleared();
    toastDone({ title: t('logs.cleared'), detail: t('logs.clearedNote', { count: lines.length }) });
  };
  return (
    <>
      <Switch
        checked={followLogs}
        label={t('logs.follow')}
        mr={8}
        onChange={(event) => setPreference('followLogs', event.currentTarget.checked)}
      />
      <Button disabled={shown.length === 0} onClick={() => save(shown)}>
        {t('logs.save')}
      </Button>
      {fromFile ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button disabled={lines.length === 0}>{t('logs.clear')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => {
                save(lines);
                void clear();
              }}
            >
              {t('logs.saveAndClear')}
            </Menu.Item>
            <Menu.Item className="danger" onClick={() => void clear()}>
              {t('logs.clearNow')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button disabled={saving} onClick={() => void setSetting('logging-to-file', true)}>
          {t('logs.switchOn')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('common.more', { name: t('pages.logs') })}>
            <IconDots size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/requests?show=failed">
            {t('logs.failedRequests')}
          </Menu.Item>
          {fromFile && (
            <Menu.Item onClick={() => void setSetting('logging-to-file', false)}>{t('logs.switchOff')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
