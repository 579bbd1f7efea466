// Usage and costs as files, and what becomes of usage at a restart.
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import { exportCosts, exportCsv, exportJson, importUsage } from './export.ts';
import type { Period } from './period.ts';

interface ExportMenuProps {
  readonly hours: readonly UsageHour[];
  readonly period: Period;
  /** Whether usage is kept over restarts; undefined: not read yet. */
  readonly keep: boolean | undefined;
}

export function ExportMenu({ hours, period, keep }: ExportMenuProps) {
  const t = useText();
  const setKeep = (on: boolean) =>
    attempt(t('usage.keepFailed'), async () => {
      await call('usage-history.set', { keep: on });
      await invalidate('usage-history.get');
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={14} stroke={1.5} />}>{t('usage.export')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={hours.length === 0} onClick={() => exportCsv(hours)}>
          {t('usage.csv')}
        </Menu.Item>
        <Menu.Item onClick={() => void exportCosts(period)}>{t('usage.costsCsv')}</Menu.Item>
        <Menu.Item onClick={() => void exportJson()}>{t('usage.json')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => importUsage()}>{t('usage.import')}</Menu.Item>
        {keep !== undefined && (
          <Menu.CheckboxItem checked={keep} onChange={(on) => void setKeep(on)}>
            {t('usage.keep')}
          </Menu.CheckboxItem>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
