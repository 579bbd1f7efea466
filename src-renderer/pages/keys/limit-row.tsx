// One limit in the form of a client key: how many of what in which time, and what is used of it.
import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type LimitMetric, type LimitPeriod, limitMetrics, limitPeriods } from '../../../src-shared/policy-terms.ts';
import { levelClasses, MeterBar } from '../../components/limit-meter.tsx';
import { useText } from '../../i18n/i18n.ts';
import { amount, goneOf, type LimitUse, levelOf, renewsText, usedShare } from './limit-use.ts';
import type { LimitDraft } from './policy-draft.ts';

interface LimitRowProps {
  readonly limit: LimitDraft;
  /** What is used in the same time of the same, while the limit is in force. */
  readonly use: LimitUse | undefined;
  /** A sentence; undefined for none. */
  readonly error: string | undefined;
  readonly now: number;
  readonly onChange: (change: Partial<LimitDraft>) => void;
  readonly onRemove: () => void;
}

export function LimitRow({ limit, use, error, now, onChange, onRemove }: LimitRowProps) {
  const t = useText();
  const { metric, per, count } = limit;
  const what = t(`keys.metrics.${metric}`);
  const name = t('keys.limitNamed', { what, per: t(`keys.periods.${per}`) });
  const drafted = use && { ...use, limit: Number(count) || 0 };
  const isLowered = use !== undefined && count !== '' && Number(count) <= use.used && Number(count) < use.limit;
  return (
    <li className="limit-row">
      <NumberInput
        aria-label={t('keys.howMany', { name })}
        value={count}
        min={0}
        allowDecimal={metric === 'cost'}
        thousandSeparator
        hideControls
        error={error !== undefined}
        onChange={(next) => onChange({ count: next })}
      />
      <Select
        aria-label={t('keys.ofWhat', { name })}
        allowDeselect={false}
        data={limitMetrics.map((value) => ({ value, label: t(`keys.metrics.${value}`) }))}
        value={metric}
        onChange={(value) => value && onChange({ metric: value as LimitMetric })}
      />
      <Select
        aria-label={t('keys.perWhat', { name })}
        allowDeselect={false}
        data={limitPeriods.map((value) => ({ value, label: t(`keys.periodNames.${value}`) }))}
        value={per}
        onChange={(value) => value && onChange({ per: value as LimitPeriod })}
      />
      {drafted ? (
        <span className="meter">
          <span className="row between second">
            <span className={`tn nowrap ${levelClasses[levelOf(drafted)]}`}>
              {t('keys.used', { amount: amount(metric, drafted.used) })}
            </span>
            <span className="cut">{renewsText(drafted)}</span>
          </span>
          <MeterBar
            name={name}
            share={usedShare(drafted)}
            gone={goneOf(drafted, now)}
            level={levelOf(drafted)}
            sentence={`${t('keys.used', { amount: amount(metric, drafted.used) })}, ${renewsText(drafted)}`}
          />
        </span>
      ) : (
        <span className="second">{t('keys.countsFromNow')}</span>
      )}
      <ActionIcon aria-label={t('keys.removeLimit', { name })} onClick={onRemove}>
        <IconX size={16} stroke={1.5} />
      </ActionIcon>
      {error !== undefined && (
        <p className="second t-error limit-note" role="alert">
          {error}
        </p>
      )}
      {error === undefined && isLowered && (
        <p className="second t-warn limit-note">{t('keys.lowered', { amount: amount(metric, use.used) })}</p>
      )}
    </li>
  );
}
