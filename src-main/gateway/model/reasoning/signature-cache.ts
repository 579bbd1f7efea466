// Remembers reasoning state that a client's format cannot carry, so that it can be sent back with the next turn.
import { LRUCache } from 'lru-cache';
import type { ReasoningSignature, ThinkingPart } from '../request.ts';

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
  readonly #states: LRUCache<string, CallState>;

  /** @param maxSize characters kept at most */
  constructor(maxSize = 16 * 1024 * 1024) {
    this.#states = new LRUCache({
      maxSize,
      sizeCalculation: (state, callId) => callId.length + JSON.stringify(state).length,
    });
  }

  get(callId: string): CallState | undefined {
    return this.#states.get(callId);
  }

  set(callId: string, state: CallState): void {
    this.#states.set(callId, state);
  }
}
