// Usage or costs over time by model, and who they belong to.
import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { BarChart } from '../../components/bar-chart.tsx';
import { dollars, large, money, roundShare, whole } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { type Amount, chartData, type Measure } from './chart-data.ts';
import type { Period, Span } from './period.ts';
import { type Part, type Spender, SpenderList } from './spender-list.tsx';

interface UsageChartsProps {
  readonly measure: Measure;
  /** Undefined: not read yet. */
  readonly amounts: readonly Amount[] | undefined;
  readonly period: Period;
  /** The model that everything is filtered by. */
  readonly model: string | undefined;
  readonly onModel: (model: string | undefined) => void;
  /** Set while a part of the range is shown. */
  readonly onZoom: (span: Span | undefined) => void;
  readonly isZoomed: boolean;
  readonly spenders: (part: Part) => readonly Spender[] | undefined;
  /** Models that were asked and have no price. */
  readonly unpriced: readonly string[];
}

/** Cents of the axis: as many digits as its steps have. */
const axisMoney = (usd: number) => (usd === 0 || usd >= 1 ? whole(usd) : String(usd));
const centStep = 0.001;

export function UsageCharts(props: UsageChartsProps) {
  const { measure, amounts, period, model, onModel, onZoom, isZoomed, spenders, unpriced } = props;
  const t = useText();
  const navigate = useNavigate();
  const [part, setPart] = useState<Part>('model');
  const isCost = measure === 'cost';
  const { bars, series, total, highest } = useMemo(
    () =>
      chartData({
        amounts: amounts ?? [],
        period,
        others: (count) => t('usage.otherModels', { count }),
        change: (value, before) => {
          if (before <= 0) return undefined;
          const percent = Math.round((value / before - 1) * 100);
          if (percent === 0) return t('usage.likeWeekBefore');
          const kind = percent < 0 ? 'usage.lessThanWeekBefore' : 'usage.moreThanWeekBefore';
          return t(kind, { percent: whole(Math.abs(percent)) });
        },
      }),
    [amounts, period, t],
  );
  const title = t(`usage.charts.${measure}-${period.step}`);
  const format = isCost ? axisMoney : large;
  const said = isCost ? money : large;
  const open = (index: number) => {
    const bar = bars[index];
    if (bar === undefined) return;
    const to = bars[index + 1]?.id ?? period.to;
    const query = new URLSearchParams({ from: String(bar.id), to: String(to) });
    if (model !== undefined) query.set('q', `model:${model}`);
    void navigate(`/requests?${query}`);
  };
  const zoom = (first: number, last: number) => {
    const [from, to] = [bars[first]?.id, bars[last + 1]?.id ?? period.to];
    if (from !== undefined) onZoom({ from, to });
  };
  return (
    <div className="columns usage-charts">
      <section>
        <Head
          side={
            isZoomed && (
              <Button size="compact-sm" onClick={() => onZoom(undefined)}>
                {t('usage.zoomOut')}
              </Button>
            )
          }
        >
          {title}
        </Head>
        <div className="usage-chart">
          {amounts !== undefined && series.length === 0 ? (
            <p className="dim chart-empty">{t(isCost ? 'usage.noCosts' : 'usage.empty')}</p>
          ) : (
            <BarChart
              bars={bars}
              series={series}
              format={format}
              formatValue={isCost ? money : whole}
              minStep={isCost ? centStep : 1}
              description={t('usage.chartText', {
                title,
                label: highest.label,
                value: said(Math.max(0, highest.value)),
              })}
              onOpen={open}
              onZoom={zoom}
              onZoomOut={() => onZoom(undefined)}
            />
          )}
        </div>
      </section>
      <section>
        <Head
          side={
            <Select
              aria-label={t('usage.whoBy')}
              allowDeselect={false}
              w={148}
              data={(['model', 'key', 'account'] as const).map((value) => ({
                value,
                label: t(`usage.groupings.${value === 'account' ? 'source' : value}`),
              }))}
              value={part}
              onChange={(value) => setPart(value as Part)}
            />
          }
        >
          {t(isCost ? 'usage.whoSpent' : 'usage.whoUsed')}
        </Head>
        {part === 'model' ? (
          <ul className="legend">
            {series.map((one) => (
              <li key={one.name}>
                <span className={`swatch ${one.swatch}`} />
                {one.model === undefined ? (
                  <span className="cut">{one.name}</span>
                ) : (
                  <button
                    type="button"
                    className="legend-name cut"
                    title={one.name}
                    aria-pressed={one.model === model}
                    onClick={() => onModel(one.model === model ? undefined : one.model)}
                  >
                    {one.name}
                  </button>
                )}
                <span className="dim tn">{said(one.total)}</span>
                <span className="num">{roundShare(one.total, total)}</span>
              </li>
            ))}
          </ul>
        ) : (
          <SpenderList spenders={spenders(part)} format={said} />
        )}
        <p className="second legend-note">
          {total > 0 &&
            t(isCost ? 'usage.costTogether' : `usage.${measure}Together`, {
              total: isCost ? dollars(total) : large(total),
            })}{' '}
          {part === 'model' && series.length > 1 && t('usage.clickName')}
          {part === 'model' && model !== undefined && (
            <button type="button" className="plain link" onClick={() => onModel(undefined)}>
              {t('usage.allModels')}
            </button>
          )}
        </p>
        {isCost && unpriced.length > 0 && (
          <p className="second legend-note">{t('usage.unpriced', { models: unpriced.join(', ') })}</p>
        )}
      </section>
    </div>
  );
}
