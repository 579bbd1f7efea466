// What every wire format can do. Formats are pure: no I/O, no clock; ids come from outside.

import type { DroppedFields } from '../model/dropped-fields.ts';
import type { IrEvent, UpstreamError, Usage } from '../model/events.ts';
import type { ModelLimits, Quirks } from '../model/quirks.ts';
import type { Request } from '../model/request.ts';
import type { FormatName } from './format-name.ts';

/** One parsed server-sent event. */
export interface SseFrame {
  readonly event?: string | undefined;
  readonly data: string;
}

/** Makes ids that look like the format's own: `newId('call_')`. */
export type NewId = (prefix: string) => string;

export interface DecodeRequestContext {
  /** Formats that carry model and mode in the address (Gemini) are told here; others read the body. */
  readonly model?: string;
  readonly stream?: boolean;
  readonly newId: NewId;
  readonly losses: DroppedFields;
}

/** The upstream a request is written for. */
export interface Target {
  readonly model: string;
  /** Whether the upstream is asked for a stream, whatever the client asked for. */
  readonly stream: boolean;
  readonly quirks: Quirks;
  readonly limits: ModelLimits;
  /** Google Cloud project of a Gemini-CLI account. */
  readonly project?: string;
}

export interface EncodeRequestContext {
  readonly target: Target;
  readonly losses: DroppedFields;
}

export interface DecodeResponseContext {
  /** Used when the upstream names no model. */
  readonly model: string;
  readonly newId: NewId;
}

export interface EncodeResponseContext {
  /** The model as the client named it. */
  readonly model: string;
  readonly newId: NewId;
  /** Seconds since 1970. */
  readonly created: number;
  readonly request: Request;
}

/** Reads one upstream stream. Tolerant: what it cannot read becomes an `error` event, never an exception. */
export interface StreamDecoder {
  push(frame: SseFrame): readonly IrEvent[];
  /** The upstream closed the stream; a stream that did not end by its own rules gives an `error` event. */
  end(): readonly IrEvent[];
}

/** Writes one client stream: text of whole SSE frames, empty when nothing is due yet. */
export interface StreamEncoder {
  encode(event: IrEvent): string;
}

export interface Format {
  readonly name: FormatName;
  /** Throws `RequestError` (ir/request-error.ts) when the body makes no sense in this format. */
  decodeRequest(json: unknown, context: DecodeRequestContext): Request;
  encodeRequest(request: Request, context: EncodeRequestContext): unknown;
  /** A whole JSON answer as events. */
  decodeResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[];
  /** A legal event list without `error` as a whole JSON answer. */
  encodeResponse(events: readonly IrEvent[], context: EncodeResponseContext): unknown;
  streamDecoder(context: DecodeResponseContext): StreamDecoder;
  streamEncoder(context: EncodeResponseContext): StreamEncoder;
  /** The body of an error answer. */
  errorBody(fault: UpstreamError): unknown;
  /** The SSE frame of an error inside of a stream; nothing follows it. */
  errorFrame(fault: UpstreamError): string;
  /** An SSE frame that means nothing to clients. */
  readonly keepAlive: string;
  /** Token counts in one answer or stream event, undefined when it has none. For taps on untranslated answers. */
  usage(json: unknown): Partial<Usage> | undefined;
}
