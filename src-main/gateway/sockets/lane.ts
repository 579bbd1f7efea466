// One conversation on a client's socket: its requests are answered one after the other.
import type { Credential } from '../routing/credential.ts';
import type { CreateMessage } from './client-message.ts';
import { UpstreamConnection, type UpstreamConnectionOptions } from './upstream-connection.ts';

/** Requests, and their bytes, that wait for the one under way. */
const maxWaiting = 16;
const maxWaitingBytes = 64 * 1024 * 1024;
/** Of all conversations on all sockets together. */
const maxAllWaitingBytes = 256 * 1024 * 1024;

let allWaitingBytes = 0;

/** `done` is to be called when the response is complete. */
export type RunTurn = (message: CreateMessage, lane: Lane, done: () => void) => void;

export class Lane {
  readonly #run: RunTurn;
  readonly #connections = new Map<string, UpstreamConnection>();
  #waiting: CreateMessage[] = [];
  #isBusy = false;

  constructor(run: RunTurn) {
    this.#run = run;
  }

  get isIdle(): boolean {
    return !this.#isBusy;
  }

  /** False when too many are waiting. */
  add(message: CreateMessage): boolean {
    if (this.#isBusy) {
      const bytes = this.#waiting.reduce((sum, { body }) => sum + body.length, message.body.length);
      if (this.#waiting.length >= maxWaiting || bytes > maxWaitingBytes) return false;
      if (allWaitingBytes + message.body.length > maxAllWaitingBytes) return false;
      this.#waiting.push(message);
      allWaitingBytes += message.body.length;
    } else this.#start(message);
    return true;
  }

  connectionTo({ id }: Credential, options: UpstreamConnectionOptions): UpstreamConnection {
    const known = this.#connections.get(id);
    if (known !== undefined) return known;
    const made = new UpstreamConnection(options);
    this.#connections.set(id, made);
    return made;
  }

  close(): void {
    for (const { body } of this.#waiting) allWaitingBytes -= body.length;
    this.#waiting = [];
    for (const connection of this.#connections.values()) connection.close();
  }

  #start(message: CreateMessage): void {
    this.#isBusy = true;
    this.#run(message, this, () => {
      this.#isBusy = false;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      allWaitingBytes -= next.body.length;
      this.#start(next);
    });
  }
}
