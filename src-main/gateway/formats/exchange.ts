// One request and its answer across two formats: the only face of the translators that the pipeline needs.
import type { IrEvent } from '../ir/events.ts';
import { type Loss, Losses } from '../ir/loss.ts';
import type { OpaqueState } from '../ir/opaque-state.ts';
import type { Request } from '../ir/request.ts';
import type { Format, NewId, SseFrame, StreamEncoder, Target } from './format.ts';

export interface ExchangeOptions {
  readonly client: Format;
  readonly upstream: Format;
  readonly target: Target;
  /** The model as the client named it. */
  readonly model: string;
  readonly newId: NewId;
  /** Seconds since 1970. */
  readonly created: number;
  readonly opaque: OpaqueState;
}

/** Reads the upstream's answer; what comes out is always legal by the grammar of events. */
export interface AnswerReader {
  push(frame: SseFrame): readonly IrEvent[];
  end(): readonly IrEvent[];
  /** A whole JSON answer. */
  whole(json: unknown): readonly IrEvent[];
}

export interface Exchange {
  /** What to send upstream. */
  readonly body: unknown;
  readonly losses: readonly Loss[];
  readonly reader: AnswerReader;
  readonly writer: StreamEncoder;
  /** The whole JSON answer for a client that does not stream. */
  fold(events: readonly IrEvent[]): unknown;
}

/** Reads a client's request once; each attempt then makes its own exchange from it. */
export function readRequest(
  client: Format,
  json: unknown,
  context: { model?: string; stream?: boolean; newId: NewId },
): { request: Request; losses: readonly Loss[] } {
  const losses = new Losses();
  const request = client.decodeRequest(json, { ...context, losses });
  return { request, losses: losses.all };
}

/** Writes a request for one upstream. Throws `RequestError` for fatal losses unless the target is lossy. */
export declare function openExchange(request: Request, options: ExchangeOptions): Exchange;
