// Tasks of the same key run one after another, in order of arrival; tasks of other keys run at the same time.

export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `task` after the earlier ones for `key`, whether those failed or not. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(key) ?? Promise.resolve();
    const own = previous.then(task, task);
    this.#last.set(key, own);
    const forget = () => {
      if (this.#last.get(key) === own) this.#last.delete(key);
    };
    own.then(forget, forget);
    return own;
  }

  /** Resolves once nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.allSettled(this.#last.values());
  }
}
