// A switch for what fills the disk when it is forgotten: on for ten minutes, an hour, or until it is switched off.
import { Button, Menu, Switch } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { TimedSetting } from '../../../src-shared/settings.ts';
import { span, useNow } from '../../components/format.ts';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { setSetting, useSetting } from '../../state/settings.ts';
import { useAutoOff } from '../../state/timed-settings.ts';

interface TimedSwitchProps {
  readonly label: string;
  /** Name of the setting. */
  readonly id: string;
}

export function TimedSwitch({ label, id }: TimedSwitchProps) {
  const t = useText();
  const setting = id as TimedSetting;
  const on = useSetting(setting) ?? false;
  const until = useAutoOff(setting);
  const now = useNow(1000);
  const switchOn = (minutes: number) =>
    void attempt(t('settings.timedFailed', { name: label }), () => call('auto-off.set', { setting, minutes }));
  const rest = until ? t('settings.offIn', { time: span(Date.parse(until) - now) }) : t('settings.staysOn');
  const shown = on ? rest : t('settings.onFor');
  return (
    <div className="row">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            size="xs"
            aria-label={`${shown} ${label}`}
            rightSection={<IconChevronDown size={14} stroke={1.5} />}
          >
            {shown}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => switchOn(10)}>{t('settings.forMinutes', { count: 10 })}</Menu.Item>
          <Menu.Item onClick={() => switchOn(60)}>{t('settings.forHour')}</Menu.Item>
          <Menu.Item onClick={() => switchOn(0)}>{t('settings.forGood')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Switch
        aria-label={label}
        checked={on}
        onChange={(event) => void setSetting(setting, event.currentTarget.checked)}
      />
    </div>
  );
}
