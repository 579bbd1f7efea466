// How much of a limit is used. The tick is the share of the window's time that has gone: fill left of it will last.
import { Tooltip } from '@mantine/core';
import type { CSSProperties } from 'react';
import { text } from '../i18n/i18n.ts';
import {
  goneShare,
  type LimitLevel,
  type LimitSource,
  type LimitWindow,
  limitLevel,
  limitName,
  limitSentence,
  renewalText,
  usedShare,
  usedText,
} from './limit-window.ts';

interface LimitMeterProps {
  /** Undefined: not known, shown as a dash. */
  readonly window: LimitWindow | undefined;
  readonly source: LimitSource | undefined;
  /** Whose limit it is, such as `name@example.com, 5 hours`. */
  readonly name: string;
  /** Milliseconds, from the clock of the list. */
  readonly now: number;
  /** Says which window it is, where its column does not. */
  readonly named?: boolean;
  /** All in one line of 32 px instead of words above the bar. */
  readonly inline?: boolean;
}

export const levelClasses = { ok: 't-text', old: 't-text', high: 't-warn', reached: 't-error' } as const;

export function LimitMeter({ window, source, name, now, named = false, inline = false }: LimitMeterProps) {
  if (window === undefined || source === undefined) return <span className="dim second">–</span>;
  const level = limitLevel(window, source, now);
  const used = (
    <span className={`tn ${levelClasses[level]}`}>
      {named
        ? text('limits.namedUsed', { name: limitName(window), used: usedText(window, now) })
        : usedText(window, now)}
    </span>
  );
  const renewal = <span className="tn cut">{renewalText(window, source, now)}</span>;
  const bar = (
    <MeterBar
      name={name}
      share={usedShare(window, now)}
      gone={goneShare(window, now)}
      level={level}
      sentence={limitSentence(window, source, now)}
    />
  );
  return (
    <Tooltip label={limitSentence(window, source, now)} multiline maw={280}>
      {inline ? (
        <span className="meter-line second">
          {bar}
          {used}
          {renewal}
        </span>
      ) : (
        <span className="meter">
          <span className="row between second">
            {used}
            {renewal}
          </span>
          {bar}
        </span>
      )}
    </Tooltip>
  );
}

interface MeterBarProps {
  readonly name: string;
  /** Of the limit, from 0 to 1. */
  readonly share: number;
  /** Of the window's time, from 0 to 1; undefined: not known. */
  readonly gone: number | undefined;
  readonly level: LimitLevel;
  /** What the bar says, for those who do not see it. */
  readonly sentence: string;
}

export const MeterBar = ({ name, share, gone, level, sentence }: MeterBarProps) => (
  // biome-ignore lint/a11y/useSemanticElements: the element <meter> has no place for the tick, and no colours of ours.
  <span
    className={`meter-bar meter-${level}`}
    role="meter"
    aria-label={name}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.floor(share * 100)}
    aria-valuetext={sentence}
    style={{ '--used': share, '--gone': gone } as CSSProperties}
  >
    <span className="meter-fill" />
    {gone !== undefined && <span className="meter-tick" />}
  </span>
);
