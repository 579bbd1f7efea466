// What a format is to clients: its endpoints, the list of models, and how its streams are framed.
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../../src-shared/json.ts';
import type { Usage } from '../model/events.ts';
import type { Format } from './format.ts';
import type { PassthroughRequest } from './passthrough.ts';
import type { ResponseRelay } from './response-relay.ts';

/** One POST endpoint. */
export interface Endpoint {
  readonly kind: 'generate' | 'count';
  /** Path with at most one `{model}`, which may hold slashes. */
  readonly path: string;
  /** For formats that say in the address whether a stream is asked for. */
  readonly stream?: boolean;
}

/** A model as it is offered to clients. */
export interface ListedModel {
  readonly name: string;
  readonly owner: string;
  /** When it was listed; seconds since 1970. */
  readonly created: number;
  /** Limits in tokens, where they are known. */
  readonly maxInput?: number;
  readonly maxOutput?: number;
}

export interface ModelList {
  /** Path of the list; `{path}/{model}` is one model. */
  readonly path: string;
  /** Tells clients of this format from others that ask at the same path; undefined: everyone else. */
  readonly isFor?: (headers: IncomingHttpHeaders) => boolean;
  model(model: ListedModel): JsonObject;
  models(models: readonly ListedModel[]): JsonObject;
}

/** In the client's words, not checked. */
export interface Preferences {
  readonly effort?: unknown;
  readonly serviceTier?: unknown;
}

/** Where a response of a format lists several responses to one question. */
export interface ResponseList {
  /** The member with the list; each of it has an `index`. */
  readonly member: string;
  /** The member that names all of them. */
  readonly id: string;
  /** The member that counts their tokens, and how it is written. */
  readonly usage: string;
  readonly writeUsage: (usage: Partial<Usage>) => JsonObject;
}

export interface ClientSide {
  readonly endpoints: readonly Endpoint[];
  readonly modelList?: ModelList;
  /** Undefined: a client cannot ask for several responses. */
  readonly responseList?: ResponseList;
  /** Paths that begin like this get their errors in this format, whatever the method. */
  readonly pathPrefix?: string;
  /** Frames a stream in another way when the query asks for it; undefined: always server-sent events. */
  readonly frameStream?: (relay: ResponseRelay, query: URLSearchParams) => ResponseRelay;
  /** Whether the client has not asked for the usage chunk of its stream. */
  readonly hidesUsage?: (request: PassthroughRequest) => boolean;
  /** The conversation that a request names in a way of this format; undefined or blank: none. */
  readonly sessionOf?: (request: PassthroughRequest) => string | undefined;
  /** What a request says of its effort and tier, as far as this format has words for them. */
  readonly preferencesOf?: (request: PassthroughRequest) => Preferences;
  /** Ends every stream. */
  readonly lastFrame?: Buffer;
  /** Follows an error of the upstream that is passed on inside a stream, for clients that would overlook it. */
  readonly incompleteMark?: Buffer;
  /**
   * Whether a passed stream whose upstream broke the connection is broken off too, behind its error: clients that
   * overlook the error then see what they would see without the gateway.
   */
  readonly breaksOff?: boolean;
  /** Makes one JSON response of a stream that is passed on, for upstreams that only stream. */
  readonly collectStream?: (upstream: Format) => ResponseRelay;
}

/** A format that clients use. */
export type ClientFormat = Format & { readonly client: ClientSide };
