// All that a wire format is and can do. Formats are pure: no I/O, no clock; ids come from outside.

import type { JsonObject } from '../../../src-shared/json.ts';
import type { ModelFacts } from '../../models/model-facts.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';
import type { ErrorFamily } from '../model/errors/attempt-error.ts';
import type { IrEvent, UpstreamError, Usage } from '../model/events.ts';
import type { Quirks } from '../model/quirks.ts';
import type { Request } from '../model/request.ts';
import type { ClientSide } from './client-side.ts';
import type { Passthrough } from './passthrough.ts';
import type { PayloadNames } from './payload-names.ts';
import type { StreamInspector } from './stream-inspector.ts';
import type { FormatSupport } from './support.ts';
import type { TokenCounting } from './token-counting.ts';

/** One parsed server-sent event. */
export interface SseFrame {
  readonly event?: string | undefined;
  readonly data: string;
}

/** Makes ids that look like the format's own: `newId('call_')`. */
export type NewId = (prefix: string) => string;

export interface DecodeRequestContext {
  /** Formats with model and mode in the address take them from here; others read the body. */
  readonly model?: string;
  readonly stream?: boolean;
  readonly newId: NewId;
  readonly dropped: DroppedFields;
}

/** The upstream a request is written for. */
export interface Target {
  readonly model: string;
  /** Whether the upstream is asked for a stream, whatever the client asked for. */
  readonly stream: boolean;
  readonly quirks: Quirks;
  /** What is known of the model. */
  readonly facts: ModelFacts;
  /** The Google Cloud project that pays, for accounts that have one. */
  readonly project?: string;
}

export interface EncodeRequestContext {
  readonly target: Target;
  readonly dropped: DroppedFields;
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

/** Writes one client stream: text of complete SSE frames, empty when nothing is due yet. */
export interface StreamEncoder {
  encode(event: IrEvent): string;
}

export interface Format {
  /** As in the table of formats. */
  readonly name: string;
  /** As rules of `payload` name it. */
  readonly payloadNames: PayloadNames;
  /** For people. */
  readonly title: string;
  /** A client's body passes untranslated to an upstream whose format is of the same family. */
  readonly family: string;
  /** Formats of one error family share their error bodies. */
  readonly errorFamily: ErrorFamily;
  readonly support: FormatSupport;
  /** How this format asks for tools that the service runs itself, by our names of them. */
  readonly builtInTools: ReadonlyMap<string, JsonObject>;
  /** Free-form tools are native, whatever the upstream's quirks. */
  readonly customTools: boolean;
  /** A conversation must begin with the user. */
  readonly userFirst: boolean;
  /** The service keeps its responses, to be gone on from by their ids. */
  readonly keepsResponses?: boolean;
  /** The service only gives streams. */
  readonly alwaysStreams?: boolean;

  /** Throws `RequestError` (model/request-error.ts) when the body makes no sense in this format. */
  decodeRequest(json: unknown, context: DecodeRequestContext): Request;
  encodeRequest(request: Request, context: EncodeRequestContext): unknown;
  /** Adds the marks without which this format's services cache nothing, for clients that cannot set them. */
  readonly withCacheMarks?: (request: Request) => Request;
  /** A JSON response as events. */
  decodeResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[];
  /** A legal event list without `error` as a JSON response. */
  encodeResponse(events: readonly IrEvent[], context: EncodeResponseContext): unknown;
  streamDecoder(context: DecodeResponseContext): StreamDecoder;
  streamEncoder(context: EncodeResponseContext): StreamEncoder;
  /** The body of an error response. */
  errorBody(error: UpstreamError): unknown;
  /** The SSE frame of an error inside a stream; nothing follows it. */
  errorFrame(error: UpstreamError): string;
  /** An SSE frame that means nothing to clients. `model` is as the client named it. */
  keepAlive(model: string): string;

  /** Token counts in one response or stream event, undefined when it has none. */
  usage(json: unknown): Partial<Usage> | undefined;
  /** The member of a JSON response that holds them. */
  readonly usageMember: string;
  /** The member without which a JSON response is none; undefined when all are optional. */
  readonly requiredMember?: string;
  /** Reads along with a stream that is passed on as it is. */
  streamInspector(): StreamInspector;
  /** For bodies of the same family. */
  readonly passthrough: Passthrough;
  /** Undefined when the format has no call that counts tokens. */
  readonly counting?: TokenCounting;
  /** Undefined when only upstreams use the format. */
  readonly client?: ClientSide;
}
