// Which credential is cooling down for which model, and until when.
import { Emitter } from '../../lib/emitter.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import { classify, effectiveStatus } from './classify.ts';
import type { Candidate } from './credential.ts';
import { candidateKey } from './route/routed-candidate.ts';

/** The cooldown of one credential for one model. */
export interface CandidateCooldown {
  /** `hard`: not asked; `soft`: asked last. */
  readonly kind: 'hard' | 'soft';
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly status: number;
  readonly message: string;
  /** What the provider is known to mean, in a sentence. */
  readonly cause?: string;
}

export interface CredentialCooldown {
  readonly credentialId: string;
  readonly model: string;
  readonly cooldown: CandidateCooldown;
}

/** A cooldown with what is needed to go on with it. */
export interface CooldownState extends CandidateCooldown {
  readonly credentialId: string;
  readonly model: string;
  /** How often in a row the quota was used up without the upstream saying for how long. */
  readonly level: number;
}

/** As the model of a cooldown: it is for all of them. */
const allModels = '*';
const minMs = 1_000;
const maxMs = 30 * 60_000;

/** What the config and the credential say of cooldowns. */
export interface CooldownRules {
  readonly isDisabled: boolean;
  /** Milliseconds of those after passing errors; 0: as long as is usual; negative: there are none. */
  readonly transientMs: number;
}

interface State {
  cooldown: CandidateCooldown | undefined;
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

  /** Told of cooldowns that begin or are ended, not of those that run out. */
  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** All that are not over. */
  list(): readonly CredentialCooldown[] {
    const now = this.#clock.now();
    return [...this.#states].flatMap(([key, { cooldown }]) => {
      if (cooldown === undefined || cooldown.until <= now) return [];
      const end = key.indexOf('\n');
      return { credentialId: key.slice(0, end), model: key.slice(end + 1), cooldown };
    });
  }

  /** All that are not over, to be restored. */
  states(): readonly CooldownState[] {
    return this.list().map(({ credentialId, model, cooldown }) => {
      const level = this.#states.get(candidateKey({ id: credentialId }, model))?.level ?? 0;
      return { credentialId, model, ...cooldown, level };
    });
  }

  /** Goes on with a cooldown of an earlier run, unless it is over or there is a newer one. */
  restore({ credentialId, model, level, ...cooldown }: CooldownState): void {
    const key = candidateKey({ id: credentialId }, model);
    if (cooldown.until <= this.#clock.now() || this.#states.has(key)) return;
    this.#states.set(key, { cooldown, level });
    this.#changed.emit();
  }

  /** Takes over what another instance found out, whatever is known here. */
  adopt({ credentialId, model, level, ...cooldown }: CooldownState): void {
    this.#states.set(candidateKey({ id: credentialId }, model), { cooldown, level });
    this.#changed.emit();
  }

  /** Another instance ended it. */
  end(credentialId: string, model: string): void {
    if (this.#states.delete(candidateKey({ id: credentialId }, model))) this.#changed.emit();
  }

  /** Undefined when the candidate is ready. */
  of(candidate: Candidate): CandidateCooldown | undefined {
    // Asked several times for each request, and mostly there is none.
    if (this.#states.size === 0) return undefined;
    const now = this.#clock.now();
    for (const key of [keyOf(candidate), keyOfAll(candidate)]) {
      const cooldown = this.#states.get(key)?.cooldown;
      if (cooldown !== undefined && cooldown.until > now) return cooldown;
    }
    return undefined;
  }

  succeeded(candidate: Candidate): void {
    if (this.#states.size === 0) return;
    const ended = [keyOf(candidate), keyOfAll(candidate)].filter((key) => this.#states.delete(key));
    if (ended.length > 0) this.#changed.emit();
  }

  /** Records an error; the cooldown that follows from it, if any. */
  failed(
    candidate: Candidate,
    error: AttemptError,
    { isDisabled, transientMs }: CooldownRules,
  ): CandidateCooldown | undefined {
    const { cooldown: kind, duration } = classify(error);
    const status = effectiveStatus(error);
    if (kind === 'none' || isDisabled || (kind === 'soft' && transientMs < 0)) return undefined;
    const { quota } = error;
    const key = quota?.scope === 'credential' ? keyOfAll(candidate) : keyOf(candidate);
    const state = this.#states.get(key) ?? { cooldown: undefined, level: 0 };
    this.#states.set(key, state);
    const { message, retryAfter, refusal } = error;
    const askedMs = retryAfter === undefined ? minMs * 2 ** state.level : retryAfter * 1_000;
    const fixedMs = kind === 'soft' && transientMs > 0 ? transientMs : duration;
    const ms = fixedMs === 'asked' ? Math.min(Math.max(askedMs, minMs), maxMs) : fixedMs;
    if (duration === 'asked' && retryAfter === undefined) state.level = Math.min(state.level + 1, 20);
    const now = this.#clock.now();
    // What the upstream's own limits say holds however long it is.
    const until = duration === 'asked' && quota !== undefined ? Math.max(quota.until, now + minMs) : now + ms;
    const cause = refusal === undefined ? {} : { cause: refusal.sentence };
    state.cooldown = { kind, until, status, message, ...cause };
    this.#changed.emit();
    return state.cooldown;
  }

  /** Ends all cooldowns of a credential; of every credential when none is named. The model of each that ended. */
  reset(credentialId?: string): readonly string[] {
    const ended: string[] = [];
    for (const [key, { cooldown }] of this.#states) {
      if (credentialId !== undefined && !key.startsWith(`${credentialId}\n`)) continue;
      if (cooldown !== undefined && cooldown.until > this.#clock.now()) ended.push(key.slice(key.indexOf('\n') + 1));
      this.#states.delete(key);
    }
    if (ended.length > 0) this.#changed.emit();
    return ended;
  }

  /** Forgets credentials that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const key of this.#states.keys()) {
      if (!credentialIds.has(key.slice(0, key.indexOf('\n')))) this.#states.delete(key);
    }
  }
}

const keyOf = ({ credential, model }: Candidate) => candidateKey(credential, model);

/** Of a cooldown for all models of the credential. */
const keyOfAll = ({ credential }: Candidate) => `${credential.id}\n${allModels}`;
