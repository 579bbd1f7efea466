// What needs attention, told to webhooks and to the person at this computer alike.
import type { EventPayloads } from '../../src-shared/events.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { WebhookQueue } from '../storage/webhook-queue.ts';

export type Notice = EventPayloads['notice'];

export class Notices {
  readonly #clock: Clock;
  readonly #queue: Pick<WebhookQueue, 'firstTime'>;
  readonly #told: Emitter<Notice>;

  constructor(clock: Clock, queue: Pick<WebhookQueue, 'firstTime'>, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#queue = queue;
    this.#told = new Emitter(onError);
  }

  on(listener: (notice: Notice) => void): Disposer {
    return this.#told.on(listener);
  }

  tell(type: Notice['type'], data: Notice['data']): void {
    this.#told.emit({ type, created_at: new Date(this.#clock.now()).toISOString(), data });
  }

  /** Once for each name, over restarts and between programs on one config. */
  tellOnce(name: string, type: Notice['type'], data: Notice['data']): void {
    // Better twice than never while nothing can be stored.
    const isFirst = this.#queue.firstTime(name).catch(() => true);
    void isFirst.then((first) => {
      if (first) this.tell(type, data);
    });
  }
}
