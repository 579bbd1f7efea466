// Figures, charts and the table of a period.
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { amountsOfCosts, amountsOfHours, type Measure } from './chart-data.ts';
import { HeatMap } from './heat-map.tsx';
import type { Period, Range, Span } from './period.ts';
import { ResponseTimes } from './response-times.tsx';
import { UsageCharts } from './usage-charts.tsx';
import { CostFigures, UsageFigures } from './usage-figures.tsx';
import { type Grouping, groupings, UsageTable } from './usage-table.tsx';
import { useSpenders } from './use-spenders.ts';

const weekMs = 7 * 24 * 3_600_000;

interface UsageContentsProps {
  /** Everything that is known, for what is compared with earlier. */
  readonly all: readonly UsageHour[];
  /** Those of the period. */
  readonly hours: readonly UsageHour[];
  readonly measure: Measure;
  readonly range: Range;
  readonly period: Period;
  readonly isZoomed: boolean;
  readonly onZoom: (span: Span | undefined) => void;
}

export function UsageContents({ all, hours, measure, range, period, isZoomed, onZoom }: UsageContentsProps) {
  const t = useText();
  const [grouping, setGrouping] = useState<Grouping>('key-model');
  const [model, setModel] = useState<string>();
  const isCost = measure === 'cost';
  // The period and as much before it, a week at least, to be compared with.
  const before = Math.max(weekMs, period.to - period.from);
  const costs = useRead('costs.history', {
    step: period.step === 'hour' ? 'hour' : 'day',
    from: String(period.from - before),
    to: String(period.to),
  }).data?.steps;
  const isChosen = (name: string) => model === undefined || name === model;
  const steps = useMemo(() => costs?.filter((step) => model === undefined || step.model === model), [costs, model]);
  const chosen = model === undefined ? hours : hours.filter((hour) => isChosen(hour.model));
  const amounts = useMemo(() => {
    if (measure === 'cost') return steps && amountsOfCosts(steps);
    const of = model === undefined ? all : all.filter((hour) => hour.model === model);
    return amountsOfHours(of, measure);
  }, [measure, steps, all, model]);
  const inPeriod = (steps ?? []).filter(({ start }) => start >= period.from);
  const spenders = useSpenders(measure, chosen, period);
  const unpriced = [...new Set(inPeriod.filter(({ unknown }) => unknown > 0).map((step) => step.model))];
  return (
    <>
      {isCost ? (
        <CostFigures steps={steps} period={period} unpriced={unpriced.length} isCompared={range !== 'all'} />
      ) : (
        <UsageFigures hours={chosen} range={range} />
      )}
      <UsageCharts
        measure={measure}
        amounts={amounts}
        period={period}
        model={model}
        onModel={setModel}
        onZoom={onZoom}
        isZoomed={isZoomed}
        spenders={spenders}
        unpriced={unpriced}
      />
      <div className="usage-pair">
        <HeatMap usage={chosen} />
        <ResponseTimes period={period} model={model} onZoom={onZoom} />
      </div>
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
        <UsageTable hours={chosen} grouping={grouping} />
      </section>
    </>
  );
}
