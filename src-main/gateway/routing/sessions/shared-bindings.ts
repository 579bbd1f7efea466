// Sessions that several instances share: those known here at once, others by one question.
import type { BindingClaims } from '../../../storage/binding-claims.ts';
import type { MemoryBindings } from './memory-bindings.ts';
import type { BindingStore } from './sessions.ts';

export class SharedBindings implements BindingStore {
  readonly #own: MemoryBindings;
  readonly #claims: BindingClaims;
  /** Of requests of one session that come together only the first asks. */
  readonly #asking = new Map<string, Promise<string>>();

  constructor(own: MemoryBindings, claims: BindingClaims) {
    this.#own = own;
    this.#claims = claims;
  }

  get(session: string): string | undefined {
    return this.#own.get(session);
  }

  bind(session: string, credential: string): void {
    const before = this.#own.peek(session);
    this.#own.bind(session, credential);
    // What cannot be told costs a cached prompt.
    this.#claims.claim(session, credential, before).catch(() => {});
  }

  /** Where it is bound afterwards. While nothing can be asked it is bound here only. */
  claim(session: string, credential: string, instead: string | undefined): Promise<string> {
    const asking = this.#asking.get(session) ?? this.#claim(session, credential, instead);
    this.#asking.set(session, asking);
    return asking;
  }

  async #claim(session: string, credential: string, instead: string | undefined): Promise<string> {
    const bound = await this.#claims.claim(session, credential, instead).catch(() => credential);
    this.#asking.delete(session);
    this.#own.bind(session, bound);
    return bound;
  }
}
