// What carries an upstream's response to the client, one chunk at a time. Relays know no sockets and no clocks.
import type { UpstreamError, Usage } from '../model/events.ts';

/** What a chunk of the upstream's response is for the client. */
export interface Relayed {
  /** May be empty. */
  readonly bytes: Buffer;
  /** The response is under way: it cannot be asked of another upstream any more. */
  readonly begun: boolean;
  /** The upstream failed. `bytes` then ends with an error in the client's format, for a response that is under way. */
  readonly error?: UpstreamError;
  /** The response is complete; the rest of the upstream's stream is of no interest. */
  readonly ended?: boolean;
}

export interface ResponseRelay {
  /** Of the response to the client. */
  readonly contentType: string;
  /** Keeps the client's connection busy while nothing comes; undefined when the format has nothing for it. */
  readonly keepAlive: string | undefined;
  /** Neither what it gives nor what it keeps lies in chunks it was given: these can be used again. */
  readonly copies: boolean;
  /** What it keeps of the response so far. */
  readonly heldBytes: number;
  /** Gives out what is held, and passes on what comes unchecked; undefined when it has to keep the response whole. */
  readonly passOn?: (() => readonly Buffer[]) | undefined;
  push(chunk: Buffer): Relayed;
  /** The upstream closed its stream in order. */
  end(): Relayed;
  /** Whether the client's connection is to be broken off, after `errorBytes`, when the upstream's was. */
  readonly breaksOff?: boolean;
  /** What ends a response that is under way after an error on our side. */
  errorBytes(error: UpstreamError): Buffer;
  readonly usage: Partial<Usage> | undefined;
  /** Whether an error can be said inside of the response. Default: whether there is a `keepAlive`. */
  readonly tellsErrors?: boolean;
  /** Of the response to the client, read when it begins. Default: 200. */
  readonly status?: number;
  /** Further headers of the response to the client, read when it begins. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const nothing: Buffer = Buffer.alloc(0);

export const join = (pieces: readonly Buffer[]): Buffer =>
  pieces.length === 1 ? (pieces[0] as Buffer) : pieces.length === 0 ? nothing : Buffer.concat(pieces);

export const emptyStream: UpstreamError = { status: 502, message: 'The upstream answered with an empty stream.' };
