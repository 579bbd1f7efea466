// One task after another: what keeps two writers of one file apart.

export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` when all before it are done, whether they failed or not. */
  run<T>(task: () => Promise<T> | T): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => {});
    return result;
  }

  /** Resolves when everything queued so far is done. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}
