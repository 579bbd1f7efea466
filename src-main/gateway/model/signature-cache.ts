// Remembers reasoning state that a client's format cannot carry, so that it can be sent back with the next turn.
import type { ReasoningSignature, ThinkingPart } from './request.ts';

/** What the upstream attached to one tool call. */
export interface CallState {
  /** Thinking that came before the call in the same turn. */
  readonly thinking: readonly ThinkingPart[];
  /** State on the call itself (Gemini). */
  readonly call?: ReasoningSignature;
}

/**
 * Keyed by tool-call id, least recently used out first. Lost on restart: then thinking is left out, which every
 * service accepts.
 */
export class SignatureCache {
  readonly #limit: number;
  readonly #entries = new Map<string, { readonly state: CallState; readonly size: number }>();
  #size = 0;

  /** @param limit characters kept at most */
  constructor(limit = 16 * 1024 * 1024) {
    this.#limit = limit;
  }

  get(callId: string): CallState | undefined {
    const entry = this.#entries.get(callId);
    if (!entry) return undefined;
    this.#entries.delete(callId);
    this.#entries.set(callId, entry);
    return entry.state;
  }

  set(callId: string, state: CallState): void {
    this.#drop(callId);
    const size = callId.length + JSON.stringify(state).length;
    if (size > this.#limit) return;
    this.#entries.set(callId, { state, size });
    this.#size += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(callId: string): void {
    const entry = this.#entries.get(callId);
    if (!entry) return;
    this.#entries.delete(callId);
    this.#size -= entry.size;
  }
}
