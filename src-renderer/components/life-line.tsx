// What an account did in the last 24 hours, as 48 half hours. The height says it too, so that colour is not needed.
import { Tooltip } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Text, useText } from '../i18n/i18n.ts';
import { clock } from './format.ts';

export type LifeState = 'answered' | 'ready' | 'cooling' | 'refused' | 'off';

export interface LifeSlot {
  /** When the half hour began, in milliseconds. */
  readonly start: number;
  readonly state: LifeState;
  readonly answered: number;
  readonly refused: number;
}

const slotWidth = 2;
const height = 16;
const halfHourMs = 30 * 60_000;
/** Height and width of a bar; solid ones touch each other, others stand apart. */
const bars: Readonly<Record<LifeState, readonly [height: number, width: number]>> = {
  answered: [12, 1.4],
  ready: [5, 2],
  cooling: [5, 1.4],
  refused: [16, 1.4],
  off: [1, 2],
};

const Bar = ({ state, x }: { readonly state: LifeState; readonly x: number }) => {
  const [tall, wide] = bars[state];
  return <rect className={`life-${state}`} x={x} y={height - tall} width={wide} height={tall} />;
};

interface LifeLineProps {
  /** Oldest first. */
  readonly slots: readonly LifeSlot[];
  /** Whose line it is. */
  readonly name: string;
  /** Opens the requests of a half hour. */
  readonly onOpen: (slot: LifeSlot) => void;
}

/** Arrow keys walk through the half hours; Enter or a click opens the requests of one. */
export function LifeLine({ slots, name, onOpen }: LifeLineProps) {
  const t = useText();
  const [index, setIndex] = useState<number>();
  const last = slots.length - 1;
  const slot = index === undefined ? undefined : slots[Math.min(index, last)];
  const point = ({ currentTarget, clientX }: PointerEvent) =>
    setIndex(
      Math.max(0, Math.min(last, Math.floor((clientX - currentTarget.getBoundingClientRect().left) / slotWidth))),
    );
  const walk = (event: KeyboardEvent) => {
    const from = index ?? last;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setIndex(Math.max(0, Math.min(last, next)));
  };
  const words = slot ? slotText(t, slot) : '';
  return (
    <Tooltip label={words} opened={slot !== undefined} withinPortal>
      <button
        type="button"
        className="life-line"
        aria-label={slot ? `${name}. ${words}` : name}
        onPointerMove={point}
        onPointerLeave={() => setIndex(undefined)}
        onFocus={() => setIndex((now) => now ?? last)}
        onBlur={() => setIndex(undefined)}
        onKeyDown={walk}
        onClick={() => slot && onOpen(slot)}
      >
        <svg aria-hidden="true" width={slots.length * slotWidth} height={height} shapeRendering="crispEdges">
          {slots.map(({ start, state }, at) => (
            <Bar key={start} state={state} x={at * slotWidth} />
          ))}
        </svg>
      </button>
    </Tooltip>
  );
}

/** `13:00–13:30: 14 answered, 1 refused` */
export function slotText(t: Text, { start, state, answered, refused }: LifeSlot): string {
  const counts = [
    ...(answered > 0 ? [t('limits.answered', { count: answered })] : []),
    ...(refused > 0 ? [t('limits.refused', { count: refused })] : []),
  ];
  return t('limits.slot', {
    from: clock(start),
    to: clock(start + halfHourMs),
    what: counts.length > 0 ? counts.join(t('limits.comma')) : t(`limits.life.${state}`),
  });
}

const legend: readonly LifeState[] = ['answered', 'ready', 'cooling', 'refused', 'off'];

export function LifeLegend() {
  const t = useText();
  return (
    <ul className="row second nowrap life-legend">
      {legend.map((state) => (
        <li key={state} className="row">
          <svg aria-hidden="true" width={4 * slotWidth} height={height} shapeRendering="crispEdges">
            {[0, 1, 2, 3].map((at) => (
              <Bar key={at} state={state} x={at * slotWidth} />
            ))}
          </svg>
          {t(`limits.life.${state}`)}
        </li>
      ))}
    </ul>
  );
}
