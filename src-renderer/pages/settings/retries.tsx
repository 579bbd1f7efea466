import { Select } from '@mantine/core';
import { useText } from '../../i18n/i18n.ts';
import { setSetting, useSetting } from '../../state/settings.ts';
import { numberRow, switchRow } from './controls.tsx';
import type { Section } from './section.ts';

export const retries: Section = {
  id: 'retries',
  rows: [
    numberRow('request-retry', (t) => t('settings.retryNote')),
    numberRow('max-retry-interval'),
    {
      id: 'routing/strategy',
      name: (t) => t('setting.names.routing/strategy'),
      note: (t) => t('settings.strategyNote'),
      Control: ({ label }) => {
        const t = useText();
        return (
          <Select
            aria-label={label}
            className="wide"
            allowDeselect={false}
            data={(['round-robin', 'fill-first'] as const).map((value) => ({
              value,
              label: t(`settings.strategies.${value}`),
            }))}
            value={useSetting('routing/strategy') ?? null}
            onChange={(value) => value && void setSetting('routing/strategy', value as 'round-robin')}
          />
        );
      },
    },
    switchRow('quota-exceeded/switch-project', (t) => t('settings.switchProjectNote')),
    switchRow('quota-exceeded/switch-preview-model'),
    switchRow('disable-cooling', (t) => t('settings.coolingNote')),
  ],
};
