// The order in which events may come: described in words for tests, enforced in production.
import { cutStream } from './errors/upstream-error.ts';
import type { IrEvent, UpstreamError } from './events.ts';

/** Follows a list of events and says of each whether it may come now. */
class EventOrder {
  #stage: 'before' | 'open' | 'finished' | 'over' = 'before';
  #next = 0;
  readonly #open = new Set<number>();

  /** Undefined when the event may come; else why not. */
  error(event: IrEvent): string | undefined {
    if (this.#stage === 'over') return `${event.type} after the end`;
    if (event.type === 'error') return undefined;
    if (this.#stage === 'before') return event.type === 'start' ? undefined : `${event.type} before start`;
    switch (event.type) {
      case 'start':
        return 'second start';
      case 'block-start':
        if (this.#stage === 'finished') return 'block-start after finish';
        return event.index === this.#next ? undefined : `block ${event.index} where ${this.#next} is next`;
      case 'delta':
      case 'signature':
      case 'citation':
      case 'block-stop':
        return this.#open.has(event.index) ? undefined : `${event.type} of block ${event.index}, which is not open`;
      case 'finish':
        if (this.#stage === 'finished') return 'second finish';
        return this.#open.size === 0 ? undefined : `finish while blocks ${[...this.#open]} are open`;
      case 'end':
        return this.#stage === 'finished' ? undefined : 'end without finish';
      case 'usage':
        return undefined;
    }
  }

  /** Notes an event that may come. */
  accept(event: IrEvent): void {
    if (event.type === 'start') this.#stage = 'open';
    else if (event.type === 'block-start') {
      this.#open.add(event.index);
      this.#next += 1;
    } else if (event.type === 'block-stop') this.#open.delete(event.index);
    else if (event.type === 'finish') this.#stage = 'finished';
    else if (event.type === 'end' || event.type === 'error') this.#stage = 'over';
  }

  get open(): readonly number[] {
    return [...this.#open];
  }

  get stage(): 'before' | 'open' | 'finished' | 'over' {
    return this.#stage;
  }
}

/** What is wrong with a list of events; undefined when it is legal and complete. */
export function eventOrderError(events: readonly IrEvent[]): string | undefined {
  const grammar = new EventOrder();
  for (const [index, event] of events.entries()) {
    const error = grammar.error(event);
    if (error) return `event ${index}: ${error}`;
    grammar.accept(event);
  }
  return grammar.stage === 'over' ? undefined : 'neither end nor error at the end';
}

const protocolError = (message: string): UpstreamError => ({ status: 502, message });

/**
 * Lets legal events through. What can be repaired without changing the meaning is repaired (a missing start, blocks left
 * open at the finish); anything else ends the response with an error event, never in silence.
 */
export class EventOrderGuard {
  readonly #grammar = new EventOrder();
  readonly #start: () => IrEvent;

  /** @param start makes the start event of a response that came without one */
  constructor(start: () => IrEvent) {
    this.#start = start;
  }

  push(event: IrEvent): readonly IrEvent[] {
    const grammar = this.#grammar;
    if (grammar.stage === 'over') return [];
    // Most events are these, and they change nothing of the order.
    if (event.type === 'delta' && grammar.error(event) === undefined) return [event];
    const passed: IrEvent[] = [];
    const pass = (next: IrEvent): void => {
      grammar.accept(next);
      passed.push(next);
    };
    if (grammar.stage === 'before' && event.type !== 'start' && event.type !== 'error') pass(this.#start());
    if (event.type === 'finish') for (const index of grammar.open) pass({ type: 'block-stop', index });
    const error = grammar.error(event);
    if (error === undefined) pass(event);
    else if (event.type === 'start' || (event.type === 'finish' && grammar.stage === 'finished')) return passed;
    else pass({ type: 'error', error: protocolError(`The upstream sent events in an impossible order: ${error}.`) });
    return passed;
  }

  /** Nothing more comes. */
  end(): readonly IrEvent[] {
    if (this.#grammar.stage === 'over') return [];
    return this.push(this.#grammar.stage === 'finished' ? { type: 'end' } : { type: 'error', error: cutStream });
  }
}
