// The one place where the program publishes what has changed, for every transport alike.
import type { AppEvent, EventName, EventPayloads } from '../../src-shared/events.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Disposer } from '../lib/time/clock.ts';

export class AppEvents {
  readonly #emitter: Emitter<AppEvent>;
  #revision = 0;

  constructor(onError: (error: unknown) => void) {
    this.#emitter = new Emitter(onError);
  }

  /** Revision of the newest event; 0 before the first. */
  get revision(): number {
    return this.#revision;
  }

  publish<N extends EventName>(event: N, payload: EventPayloads[N], actor: Actor): void {
    this.#revision += 1;
    this.#emitter.emit({ event, revision: this.#revision, actor, ...payload } as unknown as AppEvent);
  }

  on(listener: (event: AppEvent) => void): Disposer {
    return this.#emitter.on(listener);
  }
}
