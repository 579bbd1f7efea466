// The axes of a chart, and its places: each can be read by pointer, by keyboard and by screen reader.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import { type CardContent, HoverCard } from './hover-card.tsx';

export interface Place {
  readonly id: number;
  /** Under the axis; empty: none. */
  readonly label: string;
  /** All its values in a sentence. */
  readonly words: string;
}

export interface ChartActions {
  /** Enter or a click on a place. */
  readonly onOpen?: ((index: number) => void) | undefined;
  /** A range of places was drawn; the last one is inside. */
  readonly onZoom?: ((first: number, last: number) => void) | undefined;
  /** Escape, where a range is shown. */
  readonly onZoomOut?: (() => void) | undefined;
}

interface ChartFrameProps extends ChartActions {
  readonly places: readonly Place[];
  /** From 0 up. */
  readonly ticks: readonly number[];
  readonly format: (tick: number) => string;
  /** What the chart shows, in a sentence. */
  readonly description: string;
  readonly card: (index: number) => CardContent;
  /** What stands in a place. */
  readonly children?: (index: number) => ReactNode;
  /** What is drawn behind all of them. */
  readonly backdrop?: ReactNode;
}

const maxLabels = 10;
const tickCharacterPx = 7;
/** From here on the card stands left of its place. */
const leftFrom = 0.6;

/** The next place for a key of the keyboard; undefined for keys that mean nothing here. */
function target(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(count - 1, index + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

export function ChartFrame(props: ChartFrameProps) {
  const { places, ticks, format, description, card, children, backdrop, onOpen, onZoom, onZoomOut } = props;
  const [current, setCurrent] = useState(0);
  const [shown, setShown] = useState<number>();
  const [drawn, setDrawn] = useState<{ readonly from: number; readonly to: number }>();
  const top = ticks.at(-1) ?? 1;
  const axisWidth = 8 + Math.max(...ticks.map((tick) => format(tick).length)) * tickCharacterPx;
  const labelled = places.filter(({ label }) => label !== '');
  const labelEvery = Math.ceil(labelled.length / maxLabels);
  const withLabel = new Set(labelled.filter((_, index) => index % labelEvery === 0));
  // The places are one stop of the Tab key; arrows go from one to the next.
  const stop = Math.min(current, places.length - 1);
  const isActive = onOpen !== undefined;

  useEffect(() => {
    if (drawn === undefined) return;
    const stopDrawing = () => setDrawn(undefined);
    // Let go outside of the chart.
    window.addEventListener('pointerup', stopDrawing);
    return () => window.removeEventListener('pointerup', stopDrawing);
  }, [drawn]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      setShown(undefined);
      onZoomOut?.();
    }
    if (event.key === 'Enter' && shown !== undefined) onOpen?.(shown);
    const next = target(event.key, stop, places.length);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>('.chart-bar')[next]?.focus();
  };
  const finish = (index: number) => {
    if (drawn === undefined) return;
    const [first, last] = [Math.min(drawn.from, index), Math.max(drawn.from, index)];
    if (first === last) onOpen?.(index);
    else onZoom?.(first, last);
  };
  const isDrawn = (index: number) =>
    drawn !== undefined &&
    drawn.from !== drawn.to &&
    index >= Math.min(drawn.from, drawn.to) &&
    index <= Math.max(drawn.from, drawn.to);
  const className = (index: number) =>
    ['chart-bar', isActive && 'active', index === shown && 'shown', isDrawn(index) && 'drawn']
      .filter(Boolean)
      .join(' ');

  return (
    <figure className="chart" style={{ left: axisWidth }} aria-label={description} onKeyDown={onKeyDown}>
      <div className="chart-ticks tn" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: `${(tick / top) * 100}%` }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <div className={places.length > maxLabels ? 'chart-plot dense' : 'chart-plot'}>
        {ticks.map((tick) => (
          <i key={tick} className="chart-line" style={{ bottom: `${(tick / top) * 100}%` }} />
        ))}
        {backdrop}
        {places.map((place, index) => (
          <div
            key={place.id}
            className={className(index)}
            role="img"
            aria-label={place.words}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => {
              setCurrent(index);
              setShown(index);
            }}
            onBlur={() => setShown(undefined)}
            onPointerEnter={() => {
              setShown(index);
              if (drawn !== undefined) setDrawn({ ...drawn, to: index });
            }}
            onPointerLeave={() => setShown(undefined)}
            onPointerDown={(event: PointerEvent) => {
              if (isActive && event.button === 0) setDrawn({ from: index, to: index });
            }}
            onPointerUp={() => finish(index)}
          >
            {children?.(index)}
            {withLabel.has(place) && <span className="tn">{place.label}</span>}
            {index === shown && <HoverCard content={card(index)} left={index >= places.length * leftFrom} />}
          </div>
        ))}
      </div>
    </figure>
  );
}
