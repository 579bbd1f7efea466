/** Reads along, for the request log. */
export interface UpstreamObserver {
  readonly onResponse: (status: number, headers: Readonly<Record<string, string | string[] | undefined>>) => void;
  /** The bytes are used again: what is kept is copied. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Why the attempt counts as failed. */
  readonly onError: (message: string) => void;
}
