// Announces requests as they start, respond and end; a busy gateway's are counted instead.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import type { RequestEvent } from '../../src-shared/events.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';

const maxPerSecond = 20;
const secondMs = 1_000;

export class RequestEvents {
  readonly #clock: Clock;
  readonly #publish: (event: RequestEvent) => void;
  /** Requests whose start was announced: their end is announced too. */
  readonly #announced = new Set<string>();
  #second = 0;
  #sent = 0;
  #rest = 0;
  #stopRest: Disposer | undefined;

  constructor(clock: Clock, publish: (event: RequestEvent) => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  started(id: string, snapshot: () => RequestRecord): void {
    if (this.#hasRoom()) {
      this.#announced.add(id);
      this.#publish({ phase: 'start', request: snapshot() });
    } else this.#count();
  }

  firstByte(id: string, snapshot: () => RequestRecord): void {
    if (this.#announced.has(id) && this.#hasRoom()) this.#publish({ phase: 'first-byte', request: snapshot() });
    else this.#count();
  }

  ended(request: RequestRecord): void {
    const isOwed = this.#announced.delete(request.id);
    if (this.#hasRoom() || isOwed) this.#publish({ phase: 'end', request });
    else this.#count();
  }

  close(): void {
    this.#stopRest?.();
  }

  /** Takes one of this second's places. */
  #hasRoom(): boolean {
    const second = Math.floor(this.#clock.now() / secondMs);
    if (second !== this.#second) {
      this.#second = second;
      this.#sent = 0;
    }
    this.#sent += 1;
    return this.#sent <= maxPerSecond;
  }

  #count(): void {
    this.#rest += 1;
    this.#stopRest ??= this.#clock.after(secondMs, () => {
      const count = this.#rest;
      this.#rest = 0;
      this.#stopRest = undefined;
      this.#publish({ phase: 'many', count });
    });
  }
}
