// The figures of a period: of its use, or of its costs.
import { Link } from 'react-router';
import type { CostStep } from '../../../src-shared/contract/costs.ts';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { dollars, large, largeParts, percent, share, whole } from '../../components/format.ts';
import { Figures } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { midnight, sum } from '../../state/usage.ts';
import type { Period, Range } from './period.ts';

export function UsageFigures({ hours, range }: { readonly hours: readonly UsageHour[]; readonly range: Range }) {
  const t = useText();
  const all = sum(hours);
  const days = new Set(hours.map(({ hour }) => midnight(hour * 1000))).size;
  const input = largeParts(all.input);
  const output = largeParts(all.output);
  return (
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
  );
}

interface CostFiguresProps {
  /** Those of the time before the period too; undefined: not read yet. */
  readonly steps: readonly CostStep[] | undefined;
  readonly period: Period;
  /** How many models were asked that have no price. */
  readonly unpriced: number;
  /** Whether there is a time of the same length before. */
  readonly isCompared: boolean;
}

export function CostFigures({ steps, period, unpriced, isCompared }: CostFiguresProps) {
  const t = useText();
  const inside = (steps ?? []).filter(({ start }) => start >= period.from);
  const earlier = period.from - (period.to - period.from);
  const before = (steps ?? []).filter(({ start }) => start >= earlier && start < period.from);
  const usd = (of: readonly CostStep[], billed: boolean) =>
    of.reduce((total, step) => (step.billed === billed ? total + (step.usd ?? 0) : total), 0);
  const total = (field: 'saved' | 'unknown' | 'input' | 'cache_read') =>
    inside.reduce((sum, step) => sum + step[field], 0);
  const compared = () => {
    if (!isCompared || before.length === 0) return t('usage.billedNote');
    const difference = usd(inside, true) - usd(before, true);
    if (Math.abs(difference) < 0.005) return t('usage.billedSame');
    return t(difference < 0 ? 'usage.billedLess' : 'usage.billedMore', { usd: dollars(Math.abs(difference)) });
  };
  const amount = (value: number) => (steps === undefined ? '–' : dollars(value));
  const unit = steps === undefined ? '' : 'USD';
  return (
    <Figures
      items={[
        { label: t('usage.billed'), value: amount(usd(inside, true)), unit, note: compared() },
        { label: t('usage.inPlans'), value: amount(usd(inside, false)), unit, note: t('usage.inPlansNote') },
        {
          label: t('usage.saved'),
          value: amount(total('saved')),
          unit,
          note: t('usage.savedNote', { percent: percent(total('cache_read'), total('input')) }),
        },
        {
          label: t('usage.withoutPrice'),
          value: steps === undefined ? '–' : whole(total('unknown')),
          unit: steps === undefined ? '' : t('home.requestsUnit', { count: total('unknown') }),
          note:
            unpriced === 0 ? (
              t('usage.allPriced')
            ) : (
              <Link to="/config">{t('usage.setPrices', { count: unpriced })}</Link>
            ),
        },
      ]}
    />
  );
}
