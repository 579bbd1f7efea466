// Which credential rests for which model, and until when.

import { Emitter } from '../../lib/emitter.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import type { AttemptError } from '../model/attempt-error.ts';
import { classify } from './classify.ts';
import type { Candidate } from './credential.ts';

/** Resting of one credential for one model. */
export interface Rest {
  readonly kind: 'hard' | 'soft';
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly status: number;
  readonly message: string;
}

const least = 1_000;
const most = 30 * 60_000;

export interface CredentialRest {
  readonly credentialId: string;
  readonly model: string;
  readonly rest: Rest;
}

interface State {
  rest: Rest | undefined;
  /** How often in a row the quota was used up without the upstream saying for how long. */
  level: number;
}

export class Cooldowns {
  readonly #clock: Clock;
  readonly #changed: Emitter<void>;
  readonly #states = new Map<string, State>();

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
  }

  /** Hears of rests that begin or are ended, not of those that run out. */
  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** All rests that are not over. */
  list(): readonly CredentialRest[] {
    const now = this.#clock.now();
    return [...this.#states].flatMap(([key, { rest }]) => {
      if (rest === undefined || rest.until <= now) return [];
      const end = key.indexOf('\n');
      return { credentialId: key.slice(0, end), model: key.slice(end + 1), rest };
    });
  }

  /** Undefined when the candidate is ready. */
  restOf(candidate: Candidate): Rest | undefined {
    const rest = this.#states.get(keyOf(candidate))?.rest;
    return rest !== undefined && rest.until > this.#clock.now() ? rest : undefined;
  }

  succeeded(candidate: Candidate): void {
    if (this.#states.size === 0) return;
    if (this.#states.delete(keyOf(candidate))) this.#changed.emit();
  }

  /** Notes a failure; the rest that follows from it, if any. `quotaRests`: whether a 429 makes it rest. */
  failed(
    candidate: Candidate,
    failure: AttemptError,
    { quotaRests }: { readonly quotaRests: boolean },
  ): Rest | undefined {
    const { rest, for: duration } = classify(failure);
    if (rest === 'none' || (duration === 'asked' && !quotaRests)) return undefined;
    const key = keyOf(candidate);
    const state = this.#states.get(key) ?? { rest: undefined, level: 0 };
    this.#states.set(key, state);
    const { status, message, retryAfter } = failure;
    const wait =
      duration !== 'asked' ? duration : clamp(retryAfter === undefined ? least * 2 ** state.level : retryAfter * 1_000);
    if (duration === 'asked' && retryAfter === undefined) state.level = Math.min(state.level + 1, 20);
    state.rest = { kind: rest, until: this.#clock.now() + wait, status, message };
    this.#changed.emit();
    return state.rest;
  }

  /** Ends all rests of a credential; of every credential when none is named. How many ended. */
  reset(credentialId?: string): number {
    let ended = 0;
    for (const [key, { rest }] of this.#states) {
      if (credentialId !== undefined && !key.startsWith(`${credentialId}\n`)) continue;
      if (rest !== undefined && rest.until > this.#clock.now()) ended++;
      this.#states.delete(key);
    }
    if (ended > 0) this.#changed.emit();
    return ended;
  }

  /** Forgets credentials that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const key of this.#states.keys()) {
      if (!credentialIds.has(key.slice(0, key.indexOf('\n')))) this.#states.delete(key);
    }
  }
}

const keyOf = ({ credential, model }: Candidate) => `${credential.id}\n${model}`;

const clamp = (wait: number) => Math.min(Math.max(wait, least), most);
