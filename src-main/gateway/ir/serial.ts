// Makes overlapping blocks follow one another, for forms that allow only one open block.
import type { IrEvent } from './events.ts';

/** Holds back the events of later blocks until the earlier ones have stopped, and renumbers nothing. */
export class Serial {
  #current: number | undefined;
  readonly #waiting = new Map<number, IrEvent[]>();

  push(event: IrEvent): readonly IrEvent[] {
    if (
      event.type !== 'block-start' &&
      event.type !== 'delta' &&
      event.type !== 'opaque' &&
      event.type !== 'block-stop'
    )
      return [event];
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
