// Links that open the page signed in. The token in such a link is good for one exchange, soon after it was made, on this
// machine; what it is exchanged for is a key of its own, which ends with the program or with the management key.
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../lib/time/clock.ts';

/** Long enough to go from the terminal to the browser. Milliseconds. */
const lifetimeMs = 2 * 60_000;
const maxWaiting = 16;
/** More browsers than one machine has open. */
const maxSessions = 64;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

export class SignInLinks {
  readonly #clock: Clock;
  /** When each token ends, by its digest. */
  readonly #waiting = new Map<string, number>();
  /** The management secret that was in force, by the digest of the session's key. */
  readonly #sessions = new Map<string, string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A token for one sign-in. */
  issue(): string {
    const token = randomBytes(32).toString('base64url');
    this.#waiting.set(digest(token), this.#clock.now() + lifetimeMs);
    dropOldest(this.#waiting, maxWaiting);
    return token;
  }

  /** The key of a new session; `undefined` for a token that is not good, or not any more. */
  exchange(token: string, secret: string): string | undefined {
    const id = digest(token);
    const end = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (end === undefined || this.#clock.now() >= end) return undefined;
    const key = `session-${randomBytes(32).toString('base64url')}`;
    this.#sessions.set(digest(key), secret);
    dropOldest(this.#sessions, maxSessions);
    return key;
  }

  /** Whether it is the key of a session that began under the management secret in force. */
  accepts(key: string, secret: string): boolean {
    return key.startsWith('session-') && this.#sessions.get(digest(key)) === secret;
  }
}

function dropOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
