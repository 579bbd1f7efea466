// `GET /events`: the events of the program as Server-Sent Events.
import type { ServerResponse } from 'node:http';
import type { AppEvent } from '../../src-shared/events.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';

/** A client that falls further behind is disconnected instead of buffered for. Bytes. */
const maxBufferedBytes = 1024 * 1024;
const keepAliveMs = 15_000;
const maxStreams = 64;

export const eventStreamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const;

export interface EventSource {
  readonly on: (listener: (event: AppEvent) => void) => Disposer;
  /** The events a new client gets first: the present state. */
  readonly snapshot: () => readonly AppEvent[];
}

const frame = ({ event, ...data }: AppEvent) =>
  `id: ${data.revision}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Keeps track of the open streams so that they can be ended together. */
export class EventStreams {
  readonly #open = new Map<ServerResponse, Disposer>();
  readonly #source: EventSource;
  readonly #clock: Clock;

  constructor(source: EventSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Number of open streams. */
  get size(): number {
    return this.#open.size;
  }

  get isFull(): boolean {
    return this.#open.size >= maxStreams;
  }

  /** Sends the present state and then every event until the client disconnects. */
  serve(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    response.writeHead(200, { ...headers, ...eventStreamHeaders });
    const write = (text: string) => {
      response.write(text);
      if (response.writableLength > maxBufferedBytes) response.destroy();
    };
    const stopListening = this.#source.on((event) => write(frame(event)));
    const stopKeepAlive = this.#repeat(keepAliveMs, () => write(': keep-alive\n\n'));
    const leave = () => {
      stopListening();
      stopKeepAlive();
      this.#open.delete(response);
    };
    this.#open.set(response, leave);
    response.once('close', leave);
    for (const event of this.#source.snapshot()) write(frame(event));
  }

  close(): void {
    for (const [response, leave] of this.#open) {
      leave();
      response.end();
    }
  }

  #repeat(ms: number, task: () => void): Disposer {
    let stop = this.#clock.after(ms, () => {
      task();
      stop = this.#repeat(ms, task);
    });
    return () => stop();
  }
}
