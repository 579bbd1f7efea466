// Usage: how much, when, by which model, key and account; kept across restarts when wished.
import { Button, Menu, SegmentedControl, Select, Switch } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { dayRange, large, largeParts, share, useNow, whole } from '../../components/format.ts';
import { Figures, Head, PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';
import { setSetting, useSetting } from '../../state/settings.ts';
import { midnight, since, sum } from '../../state/usage.ts';
import { type Range, ranges } from './chart-data.ts';
import { exportCsv, exportJson, importUsage } from './export.ts';
import { UsageCharts } from './usage-charts.tsx';
import { UsageTable } from './usage-table.tsx';

export type Grouping = 'key-model' | 'model' | 'source' | 'key';
const groupings: readonly Grouping[] = ['key-model', 'model', 'key', 'source'];

/** Start of a range in milliseconds; whole local days, so that bars and sums agree. */
function startOf(range: Range, now: number): number {
  if (range === 'all') return 0;
  if (range === '24h') return now - 86_400_000;
  return midnight(now, range === '7d' ? 6 : 29);
}

export function Usage() {
  const t = useText();
  const history = useRead('usage-history.get');
  const counting = useSetting('usage-statistics-enabled');
  const [range, setRange] = useState<Range>('7d');
  const now = useNow(60_000);
  const hours = since(history.data?.hours ?? [], startOf(range, now));
  const keep = (on: boolean) =>
    attempt(t('usage.keepFailed'), async () => {
      await call('usage-history.set', { keep: on });
      await invalidate('usage-history.get');
    });
  const first = range === 'all' ? Math.min(now, ...hours.map(({ hour }) => hour * 1000)) : startOf(range, now);
  return (
    <div className="page">
      <PageHead title={t('pages.usage')} note={t('usage.range', { range: dayRange(first, now) })}>
        {history.data && (
          <Switch
            checked={history.data.keep}
            label={t('usage.keep')}
            mr={8}
            onChange={(event) => void keep(event.currentTarget.checked)}
          />
        )}
        <SegmentedControl
          aria-label={t('usage.rangeLabel')}
          data={ranges.map((value) => ({ value, label: t(`usage.ranges.${value}`) }))}
          value={range}
          onChange={(value) => setRange(value as Range)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={14} stroke={1.5} />}>{t('usage.export')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={hours.length === 0} onClick={() => exportCsv(hours)}>
              {t('usage.csv')}
            </Menu.Item>
            <Menu.Item onClick={() => void exportJson()}>{t('usage.json')}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => importUsage()}>{t('usage.import')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </PageHead>
      {counting === false && (
        <div className="sunken row usage-off">
          <span className="grow">{t('usage.off')}</span>
          <Button variant="filled" onClick={() => void setSetting('usage-statistics-enabled', true)}>
            {t('usage.switchOn')}
          </Button>
        </div>
      )}
      <Loaded query={history} failure={t('usage.failed')} rows={6}>
        {() => (hours.length === 0 ? <NoUsage /> : <Contents hours={hours} range={range} now={now} />)}
      </Loaded>
    </div>
  );
}

function NoUsage() {
  const t = useText();
  return <Empty title={t('usage.empty')}>{t('usage.emptyNote')}</Empty>;
}

interface ContentsProps {
  readonly hours: readonly UsageHour[];
  readonly range: Range;
  readonly now: number;
}

function Contents({ hours, range, now }: ContentsProps) {
  const t = useText();
  const [grouping, setGrouping] = useState<Grouping>('key-model');
  const all = sum(hours);
  const days = new Set(hours.map(({ hour }) => midnight(hour * 1000))).size;
  const input = largeParts(all.input);
  const output = largeParts(all.output);
  return (
    <>
      <Figures
        items={[
          {
            label: t('usage.requests'),
            value: whole(all.requests),
            unit: t(`usage.in.${range}`),
            note: t('usage.aDay', { perDay: whole(all.requests / Math.max(1, days)) }),
          },
          {
            label: t('usage.failedRequests'),
            value: whole(all.failed),
            unit: t('home.requestsUnit', { count: all.failed }),
            note: share(all.failed, all.requests),
          },
          {
            label: t('usage.input'),
            value: input.value,
            unit: input.unit,
            note: t('usage.cachedPart', { tokens: large(all.cached) }),
          },
          {
            label: t('usage.output'),
            value: output.value,
            unit: output.unit,
            note: t('usage.reasoningPart', { tokens: large(all.reasoning) }),
          },
        ]}
      />
      <UsageCharts hours={hours} range={range} now={now} />
      <section className="usage-details">
        <Head
          side={
            <Select
              aria-label={t('usage.groupBy')}
              allowDeselect={false}
              w={200}
              data={groupings.map((value) => ({ value, label: t(`usage.groupings.${value}`) }))}
              value={grouping}
              onChange={(value) => setGrouping(value as Grouping)}
            />
          }
        >
          {t('usage.details')}
        </Head>
        <UsageTable hours={hours} grouping={grouping} />
      </section>
    </>
  );
}
