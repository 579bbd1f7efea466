// Requests by hour of the day and day of the week.
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { dateFormat, whole } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';

const days = 7;
const hours = 24;
/** Steps above none. */
const steps = 4;
/** A Monday, to name the days by. */
const monday = new Date(2024, 0, 1);

const two = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** Counts, one row per weekday from Monday on. */
export function heatOf(usage: readonly UsageHour[]): readonly (readonly number[])[] {
  const cells = Array.from({ length: days }, () => new Array<number>(hours).fill(0));
  for (const { hour, requests } of usage) {
    const date = new Date(hour * 1000);
    const row = cells[(date.getDay() + 6) % days];
    if (row !== undefined) row[date.getHours()] = (row[date.getHours()] ?? 0) + requests;
  }
  return cells;
}

interface Cell {
  readonly day: number;
  readonly hour: number;
}

function moved({ day, hour }: Cell, key: string): Cell | undefined {
  const move: Readonly<Record<string, Cell>> = {
    ArrowLeft: { day, hour: Math.max(0, hour - 1) },
    ArrowRight: { day, hour: Math.min(hours - 1, hour + 1) },
    ArrowUp: { day: Math.max(0, day - 1), hour },
    ArrowDown: { day: Math.min(days - 1, day + 1), hour },
    Home: { day, hour: 0 },
    End: { day, hour: hours - 1 },
  };
  return move[key];
}

export function HeatMap({ usage }: { readonly usage: readonly UsageHour[] }) {
  const t = useText();
  const cells = useMemo(() => heatOf(usage), [usage]);
  const [stop, setStop] = useState<Cell>({ day: 0, hour: 0 });
  const [shown, setShown] = useState<Cell>();
  const most = Math.max(...cells.flat());
  const name = (day: number, length: 'short' | 'long') =>
    dateFormat({ weekday: length }).format(new Date(monday.getFullYear(), 0, 1 + day));
  const words = (day: number, hour: number) =>
    t('usage.heatCell', {
      day: name(day, 'long'),
      hours: `${two(hour)}–${two((hour + 1) % hours)}`,
      count: cells[day]?.[hour] ?? 0,
    });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') setShown(undefined);
    const next = moved(stop, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>('.heat-cell')[next.day * hours + next.hour]?.focus();
  };
  return (
    <section className="heat-map">
      <Head
        side={
          <span className="row heat-legend tn">
            0
            {Array.from({ length: steps + 1 }, (_, step) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps are always the same.
              <i key={step} className={`swatch heat-${step}`} />
            ))}
            {whole(most)}
          </span>
        }
      >
        {t('usage.heat')}
      </Head>
      <figure className="heat" aria-label={t('usage.heat')} onKeyDown={onKeyDown}>
        {cells.map((row, day) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the days are always the same.
          <div key={day} className="heat-row">
            <span className="second" aria-hidden="true">
              {name(day, 'short')}
            </span>
            {row.map((count, hour) => (
              <i
                // biome-ignore lint/suspicious/noArrayIndexKey: the hours are always the same.
                key={hour}
                className={`heat-cell heat-${most === 0 ? 0 : Math.ceil((count / most) * steps)}`}
                role="img"
                aria-label={words(day, hour)}
                tabIndex={stop.day === day && stop.hour === hour ? 0 : -1}
                onFocus={() => {
                  setStop({ day, hour });
                  setShown({ day, hour });
                }}
                onBlur={() => setShown(undefined)}
                onPointerEnter={() => setShown({ day, hour })}
                onPointerLeave={() => setShown(undefined)}
              />
            ))}
          </div>
        ))}
        <div className="heat-row second tn" aria-hidden="true">
          <span />
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour} className="heat-hour">
              {two(hour)}
            </span>
          ))}
        </div>
        <figcaption className="second">{shown ? words(shown.day, shown.hour) : ' '}</figcaption>
      </figure>
    </section>
  );
}
