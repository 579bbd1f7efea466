// What a translation could not carry over. Nothing is dropped without one of these.

/** `info`: harmless; `warn`: the response may differ; `fatal`: the request would mean something else. */
export type Severity = 'info' | 'warn' | 'fatal';

export interface DroppedField {
  /** The place in the client's request, such as `tool_choice` or `turns[3].parts[0]`. */
  readonly path: string;
  readonly reason: string;
  readonly severity: Severity;
}

/** Collects dropped fields while one request is translated. */
export class DroppedFields {
  readonly #dropped: DroppedField[] = [];

  add(severity: Severity, path: string, reason: string): void {
    this.#dropped.push({ path, reason, severity });
  }

  get all(): readonly DroppedField[] {
    return this.#dropped;
  }

  /** The sentence of the 400 that a fatal dropped field is answered with; undefined when there is none. */
  get fatal(): string | undefined {
    const dropped = this.#dropped.filter(({ severity }) => severity === 'fatal');
    return dropped.length === 0 ? undefined : dropped.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
  }
}
