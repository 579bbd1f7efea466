// The lines in fixed columns. Only those in view exist.
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { maskText } from '../../components/mask.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { usePrivacy } from '../../state/preferences.ts';
import type { LogLine } from './log-line.ts';

const rowHeight = 24;

/** Places in the list. */
export interface LogSpan {
  readonly first: number;
  readonly last: number;
}

/** A new one each time that somebody wants to be taken to a line. */
export interface LogJump {
  readonly line: number;
}

interface LogListProps {
  readonly lines: readonly LogLine[];
  /** Whether the end stays in view when lines come. */
  readonly follow: boolean;
  readonly jump: LogJump | undefined;
  readonly onView: (span: LogSpan) => void;
  /** The person scrolled away from the end. */
  readonly onLeaveEnd: () => void;
}

export function LogList({ lines, follow, jump, onView, onLeaveEnd }: LogListProps) {
  const t = useText();
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 24,
    paddingStart: 4,
    paddingEnd: 4,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end.
  useEffect(() => {
    const element = scroller.current;
    if (follow && element) element.scrollTop = element.scrollHeight;
  }, [follow, lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new jump moves the list.
  useEffect(() => {
    if (jump !== undefined) rows.scrollToIndex(jump.line, { align: 'start' });
  }, [jump]);
  const first = rows.range?.startIndex;
  const last = rows.range?.endIndex;
  useEffect(() => {
    if (first !== undefined && last !== undefined) onView({ first, last });
  }, [first, last, onView]);
  const onWheel = (deltaY: number) => {
    if (follow && deltaY < 0) onLeaveEnd();
  };
  return (
    <section
      ref={scroller}
      className="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      aria-label={t('logs.lines')}
      onWheel={(event) => onWheel(event.deltaY)}
      onKeyDown={(event) => {
        if (follow && ['ArrowUp', 'PageUp', 'Home'].includes(event.key)) onLeaveEnd();
      }}
    >
      <div className="log-space" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <Line key={index} line={lines[index] as LogLine} top={start} />
        ))}
      </div>
    </section>
  );
}

const Line = memo(function Line({ line, top }: { readonly line: LogLine; readonly top: number }) {
  const t = useText();
  const privacy = usePrivacy();
  const { time, level, part, message, status, took } = line;
  const loud = level === 'warning' ? 'warn' : level === 'error' ? 'error' : undefined;
  const text = privacy ? maskText(message) : message;
  return (
    <div className={`log-line ${level}`} style={{ transform: `translateY(${top}px)` }}>
      <span className="dim">{time}</span>
      <span className={`lvl ${loud && time ? `t-${loud}` : 'dim'}`}>
        {time && (loud ? <StatusIcon status={loud} /> : <span className="no-icon" />)}
        {time && t(`logs.levels.${level}`).toLowerCase()}
      </span>
      <span className="dim cut">{part}</span>
      <span className={`cut ${level === 'debug' ? 'dim' : ''} ${status ? '' : 'log-wide'}`} title={text}>
        {text}
      </span>
      {status && (
        <>
          <span className={`num ${Number(status) >= 500 ? 't-error' : 'dim'}`}>{status}</span>
          <span className="num dim">{took}</span>
        </>
      )}
    </div>
  );
});
