/** What is wrong with a body while it comes in; the client gets `status` and the sentence. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}
