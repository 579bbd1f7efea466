// How many lines and errors there were by minute. A click or the arrow keys go to the lines of a minute.
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { clock } from '../../components/format.ts';
import { useText } from '../../i18n/i18n.ts';
import type { LogLine } from './log-line.ts';
import { minutesOf } from './minutes.ts';

const height = 40;

interface MinuteStripProps {
  readonly lines: readonly LogLine[];
  /** The first and the last line in view. */
  readonly view: { readonly first: number; readonly last: number } | undefined;
  readonly onJump: (line: number) => void;
}

export function MinuteStrip({ lines, view, onJump }: MinuteStripProps) {
  const t = useText();
  const minutes = useMemo(() => minutesOf(lines), [lines]);
  const [chosen, setChosen] = useState<number>();
  if (minutes.length < 2) return null;
  const most = Math.max(1, ...minutes.map((minute) => minute.lines));
  const at = Math.min(chosen ?? minutes.length - 1, minutes.length - 1);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(minutes.length - 1, index));
    setChosen(next);
    // A minute without lines leads to the next ones.
    const first = minutes.slice(next).find((minute) => minute.first !== undefined)?.first;
    if (first !== undefined) onJump(first);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: minutes.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    go(Math.floor(((event.clientX - left) / width) * minutes.length));
  };
  const isInView = (index: number) => {
    const first = minutes[index]?.first;
    if (view === undefined || first === undefined) return false;
    const next = minutes.slice(index + 1).find((minute) => minute.first !== undefined)?.first ?? lines.length;
    return first <= view.last && next > view.first;
  };
  const current = minutes[at];
  return (
    <div
      className="minute-strip"
      role="slider"
      tabIndex={0}
      aria-label={t('logs.minutes')}
      aria-valuemin={0}
      aria-valuemax={minutes.length - 1}
      aria-valuenow={at}
      aria-valuetext={
        current && t('logs.minute', { time: clock(current.start), count: current.lines, errors: current.errors })
      }
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    >
      {minutes.map((minute, index) => (
        <span
          key={minute.start}
          className={isInView(index) ? 'in-view' : undefined}
          title={t('logs.minute', { time: clock(minute.start), count: minute.lines, errors: minute.errors })}
        >
          <i style={{ height: Math.round((minute.lines / most) * height) }} />
          {minute.errors > 0 && <b style={{ height: Math.max(2, Math.round((minute.errors / most) * height)) }} />}
        </span>
      ))}
    </div>
  );
}
