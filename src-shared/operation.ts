// What an operation is: one row of the contract, and the types both of its ends are derived from.
import type { z } from 'zod';

export type Method = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

/** A file part of a multipart body, or a whole raw body under the name `''`. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly content: string;
}

/** A body of the kind `upload`: the files and the plain fields of a multipart body, the first of each name. */
export interface Upload {
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

/** What a row's `decode` gets to see of an HTTP request. */
export interface Wire {
  /** First value of each query parameter; `+` is a space; pairs with a bad escape are dropped. */
  readonly query: Readonly<Record<string, string>>;
  /** All values of each query parameter. */
  readonly repeated: Readonly<Record<string, readonly string[]>>;
  /** Values of `:name` segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** As read by the row's `body` kind. */
  readonly body: unknown;
  /** The JSON text of the body, for rows where the form of a number matters; else `''`. */
  readonly text: string;
}

/** What goes on the wire. Without `type` the body is sent as JSON. */
export interface Encoded {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * How a request body is read before `decode` sees it:
 * `json-first` takes the first JSON value and ignores what follows, `json` wants exactly one value,
 * `json-list` is `json` whose lists have no more than `maxListItems` items, `json-optional` is `json` that may be absent,
 * `text` is the raw text, `upload` is an {@link Upload}.
 */
export type BodyKind = 'none' | 'json' | 'json-first' | 'json-list' | 'json-optional' | 'text' | 'upload';

/** What HTTP needs to know about one operation. IPC ignores all of it. */
export interface HttpBinding {
  readonly method: Method | readonly Method[];
  /** Below `/v0/management`; `:name` segments are parameters. */
  readonly path: string;
  readonly body?: BodyKind;
  /** Turns the accepted wire forms into the one canonical input. Default: the body, or nothing. */
  readonly decode?: (wire: Wire) => unknown;
  /** Turns the output into what goes on the wire. Default: the output as JSON. */
  readonly encode?: (output: never) => Encoded;
  /** The request body as clients send it, for the OpenAPI document, where it differs from the input. */
  readonly wireBody?: z.ZodType;
  /** The answer as clients read it, for the OpenAPI document, where it differs from the output. */
  readonly wireAnswer?: z.ZodType;
  /** Names of the query parameters, for the OpenAPI document. */
  readonly query?: readonly string[];
}

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly http: HttpBinding;
}

export function operation<I extends z.ZodType, O extends z.ZodType>(row: Operation<I, O>): Operation<I, O> {
  return row;
}

export type Contract = Readonly<Record<string, Operation>>;
/** The part of an operation that every transport needs. */
export interface Row<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}
export type Rows = Readonly<Record<string, Row>>;
/** What a caller passes. */
export type Input<Op> = Op extends Row<infer I, infer _O> ? z.input<I> : never;
/** What a handler receives, defaults filled in. */
export type Parsed<Op> = Op extends Row<infer I, infer _O> ? z.output<I> : never;
export type Output<Op> = Op extends Row<infer _I, infer O> ? z.output<O> : never;

/** Handlers of a contract: a missing one, or one with a wrong output, does not compile. */
export type Implementation<C extends Rows> = {
  readonly [K in keyof C]: (input: Parsed<C[K]>, actor: Actor) => Promise<Output<C[K]>> | Output<C[K]>;
};

/** Who asked for an operation or caused a change. */
export type Actor = (
  | { readonly kind: 'window' | 'tray' | 'disk' | 'app' }
  | { readonly kind: 'http'; readonly address: string; readonly agent: string }
) & {
  /** The name of the instance that it came by, where that was another one on the same database. */
  readonly instance?: string;
};

/** The program itself. */
export const byApp: Actor = { kind: 'app' };
/** Somebody who saved a file that the program watches. */
export const byDisk: Actor = { kind: 'disk' };
