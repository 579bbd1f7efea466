// Where the values of a document stand in its text.
import type { Entry } from '../read/nodes.ts';
import { columnOf } from '../text.ts';
import type { TextRange } from './region.ts';

/** Where a value stands: after a key, after a dash, between brackets, or as the whole document. */
export interface Slot {
  readonly kind: 'root' | 'field' | 'item' | 'flow';
  /** The column of the key or dash. */
  readonly column: number;
  /** One past the colon or dash. */
  readonly after: number;
  /** False for a key in brackets that has no colon yet. */
  readonly colon: boolean;
}

export function fieldSlot(text: string, entry: Entry, flow: boolean): Slot {
  return { kind: flow ? 'flow' : 'field', column: columnOf(text, entry.start), after: entry.after, colon: entry.colon };
}

/** A key with its value. */
export function entryRange(entry: Entry): TextRange {
  return { start: entry.start, end: Math.max(entry.after, entry.value.end) };
}
