// Sessions of one program, forgotten with it.
import type { Clock } from '../../../lib/time/clock.ts';
import type { BindingStore, SessionPeek } from './sessions.ts';

interface Binding {
  readonly credential: string;
  readonly usedAt: number;
}

export class MemoryBindings implements BindingStore, SessionPeek {
  readonly #clock: Clock;
  /** The least recently used comes first. */
  readonly #bindings = new Map<string, Binding>();
  #ttlMs = 3_600_000;
  #max = 100_000;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `ttlMs`: how long a binding holds since its last use. `max`: how many there may be. */
  configure({ ttlMs, max }: { readonly ttlMs: number; readonly max: number }): void {
    this.#ttlMs = ttlMs;
    this.#max = max;
    this.#shrink();
  }

  get(session: string): string | undefined {
    const binding = this.#bindings.get(session);
    if (binding === undefined) return undefined;
    this.#bindings.delete(session);
    if (this.#clock.now() - binding.usedAt > this.#ttlMs) return undefined;
    this.bind(session, binding.credential);
    return binding.credential;
  }

  /** Without a use. */
  peek(session: string): string | undefined {
    const binding = this.#bindings.get(session);
    return binding !== undefined && this.#clock.now() - binding.usedAt <= this.#ttlMs ? binding.credential : undefined;
  }

  bind(session: string, credential: string): void {
    this.#bindings.delete(session);
    this.#bindings.set(session, { credential, usedAt: this.#clock.now() });
    this.#shrink();
  }

  #shrink(): void {
    for (const session of this.#bindings.keys()) {
      if (this.#bindings.size <= this.#max) return;
      this.#bindings.delete(session);
    }
  }
}
