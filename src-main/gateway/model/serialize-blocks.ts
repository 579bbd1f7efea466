// Makes overlapping blocks follow one another, for formats in which texts have no block they belong to.
import type { Block, IrEvent } from './events.ts';

/** Tool calls have an index or id of their own in most formats and need not wait. */
export const toolsMayOverlap = (block: Block): boolean => block.kind === 'tool';

/** Holds back the events of later blocks until the earlier ones have stopped. Renumbers nothing. */
export class BlockSerializer {
  readonly #isFree: (block: Block) => boolean;
  readonly #free = new Set<number>();
  #current: number | undefined;
  readonly #waiting = new Map<number, IrEvent[]>();

  /** @param isFree blocks that may overlap with all others; none by default */
  constructor(isFree: (block: Block) => boolean = () => false) {
    this.#isFree = isFree;
  }

  /** The text of what is due now: `event`, nothing yet, or also what waited for it. */
  writeDue(event: IrEvent, write: (due: IrEvent) => string): string {
    let text = '';
    for (const due of this.push(event)) text += write(due);
    return text;
  }

  push(event: IrEvent): readonly IrEvent[] {
    if (
      event.type !== 'block-start' &&
      event.type !== 'delta' &&
      event.type !== 'signature' &&
      event.type !== 'citation' &&
      event.type !== 'block-stop'
    )
      return [event];
    if (event.type === 'block-start' && this.#isFree(event.block)) this.#free.add(event.index);
    if (this.#free.has(event.index)) return [event];
    if (this.#current === undefined && event.type === 'block-start') {
      this.#current = event.index;
      return [event];
    }
    if (event.index !== this.#current) {
      const held = this.#waiting.get(event.index) ?? [];
      held.push(event);
      this.#waiting.set(event.index, held);
      return [];
    }
    return event.type === 'block-stop' ? [event, ...this.#next()] : [event];
  }

  #next(): readonly IrEvent[] {
    this.#current = undefined;
    const passed: IrEvent[] = [];
    for (const [index, held] of this.#waiting) {
      this.#waiting.delete(index);
      passed.push(...held);
      if (held.at(-1)?.type === 'block-stop') continue;
      this.#current = index;
      break;
    }
    return passed;
  }
}
