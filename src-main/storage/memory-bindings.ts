// Sessions of one program, forgotten with it.
import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/time/clock.ts';
import type { BindingStore } from './binding-store.ts';

interface Binding {
  readonly credential: string;
  usedAt: number;
}

const defaults = { ttlMs: 3600 * 1000, max: 100_000 };

export class MemoryBindings implements BindingStore {
  readonly #clock: Clock;
  #ttlMs = defaults.ttlMs;
  /** The least recently used goes first. */
  #bindings = new LRUCache<string, Binding>({ max: defaults.max });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(session: string): string | undefined {
    const binding = this.#bindings.get(session);
    if (binding === undefined) return undefined;
    const now = this.#clock.now();
    if (now - binding.usedAt > this.#ttlMs) {
      this.#bindings.delete(session);
      return undefined;
    }
    binding.usedAt = now;
    return binding.credential;
  }

  bind(session: string, credential: string): void {
    this.#bindings.set(session, { credential, usedAt: this.#clock.now() });
  }

  configure({ ttlMs, max }: { readonly ttlMs: number; readonly max: number }): void {
    this.#ttlMs = ttlMs;
    if (max === this.#bindings.max) return;
    const kept = this.#bindings.dump();
    this.#bindings = new LRUCache({ max });
    this.#bindings.load(kept);
  }
}
