// Usage: how much, when, what it cost, and by which model, key and account.
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { dayRange, useNow } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { setSetting, useSetting } from '../../state/settings.ts';
import { hourMs } from '../../state/usage.ts';
import { type Measure, measures } from './chart-data.ts';
import { ExportMenu } from './export-menu.tsx';
import { type Period, periodOf, type Range, ranges, type Span, spanOf } from './period.ts';
import { UsageContents } from './usage-contents.tsx';

export function Usage() {
  const t = useText();
  const history = useRead('usage-history.get');
  const counting = useSetting('usage-statistics-enabled');
  const [range, setRange] = useState<Range>('7d');
  const [measure, setMeasure] = useState<Measure>('tokens');
  const [zoomed, setZoomed] = useState<Span>();
  const now = useNow(60_000);
  const all = history.data?.hours ?? [];
  const whole = periodOf(range, now, Math.min(now, ...all.map(({ hour }) => hour * 1000)));
  const period: Period = zoomed === undefined ? whole : spanOf(zoomed);
  const isInside = ({ hour }: UsageHour) => hour * 1000 > period.from - hourMs && hour * 1000 < period.to;
  const hours = all.filter(isInside);
  return (
    <div className="page">
      <PageHead
        title={t('pages.usage')}
        note={t('usage.range', { range: dayRange(period.from, Math.min(now, period.to - 1)) })}
      >
        <SegmentedControl
          aria-label={t('usage.measure')}
          data={measures.map((value) => ({ value, label: t(`usage.measures.${value}`) }))}
          value={measure}
          onChange={(value) => setMeasure(value as Measure)}
          mr={8}
        />
        <SegmentedControl
          aria-label={t('usage.rangeLabel')}
          data={ranges.map((value) => ({ value, label: t(`usage.ranges.${value}`) }))}
          value={range}
          onChange={(value) => {
            setRange(value as Range);
            setZoomed(undefined);
          }}
        />
        <ExportMenu hours={hours} period={period} keep={history.data?.keep} />
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
        {() =>
          hours.length === 0 ? (
            <Empty title={t('usage.empty')}>{t('usage.emptyNote')}</Empty>
          ) : (
            <UsageContents
              all={all}
              hours={hours}
              measure={measure}
              range={range}
              period={period}
              isZoomed={zoomed !== undefined}
              onZoom={setZoomed}
            />
          )
        }
      </Loaded>
    </div>
  );
}
