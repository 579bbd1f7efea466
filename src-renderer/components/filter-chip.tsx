// A filter with the number of rows it shows. One at a time; Ctrl or Command adds one to the others.
import type { MouseEvent, ReactNode } from 'react';
import { whole } from './format.ts';
import { type Status, StatusIcon } from './status-icon.tsx';

interface FilterChipProps {
  readonly on: boolean;
  /** What the filter leaves under the other filters; undefined: not known. */
  readonly count?: number | undefined;
  readonly status?: Status;
  /** `adds`: the chip joins those that are on, instead of replacing them. */
  readonly onToggle: (adds: boolean) => void;
  readonly label: ReactNode;
}

export const FilterChip = ({ on, count, status, label, onToggle }: FilterChipProps) => (
  <button
    type="button"
    className="chip"
    aria-pressed={on}
    onClick={(event: MouseEvent) => onToggle(event.ctrlKey || event.metaKey)}
  >
    {status && <StatusIcon status={status} size={10} />}
    {label}
    {count !== undefined && <span className={`tn ${on ? '' : 'dim'}`}>{whole(count)}</span>}
  </button>
);

/** The chips that are on after one was chosen; an empty set means that nothing is filtered. */
export function toggled<Name extends string>(chosen: ReadonlySet<Name>, name: Name, adds: boolean): ReadonlySet<Name> {
  if (!adds) return chosen.size === 1 && chosen.has(name) ? new Set() : new Set([name]);
  const next = new Set(chosen);
  if (!next.delete(name)) next.add(name);
  return next;
}
