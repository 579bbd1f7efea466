/** A client's request that makes no sense in its own format, or cannot be said in the upstream's. Answered with 400. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** A word for programs. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
