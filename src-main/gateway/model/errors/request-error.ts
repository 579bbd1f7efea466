/** A client's request that makes no sense in its own format, or cannot be said in the upstream's. Answered with 400 as a rule. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** A word for programs. */
  readonly code: string | undefined;
  /** The member of the request that is at fault. */
  readonly param: string | undefined;

  readonly status: number;

  constructor(message: string, code?: string, param?: string, status = 400) {
    super(message);
    this.code = code;
    this.param = param;
    this.status = status;
  }
}
