// One request and its response across two formats: the only entry to the translators that the rest of the gateway needs.

import { CustomToolUnwrapper } from '../model/custom-tools.ts';
import { type DroppedField, DroppedFields } from '../model/dropped-fields.ts';
import { RequestError } from '../model/errors/request-error.ts';
import { EventOrderGuard } from '../model/event-order.ts';
import type { IrEvent } from '../model/events.ts';
import type { SignatureCache } from '../model/reasoning/signature-cache.ts';
import type { Request } from '../model/request.ts';
import { SignatureRecorder, ToolRestorer } from '../model/restore-tools.ts';
import { identityOf, ToolNames, toolKey } from '../model/tool-names.ts';
import { adaptRequest } from './adapt-request.ts';
import type { Format, NewId, SseFrame, StreamEncoder, Target } from './format.ts';

export interface TranslationOptions {
  readonly client: Format;
  readonly upstream: Format;
  readonly target: Target;
  /** The model as the client named it. */
  readonly model: string;
  readonly newId: NewId;
  /** Seconds since 1970. */
  readonly created: number;
  readonly signatures: SignatureCache;
}

/** Reads the upstream's response; what comes out is always in a legal order. */
export interface ResponseReader {
  push(frame: SseFrame): readonly IrEvent[];
  /** The upstream closed the stream. */
  end(): readonly IrEvent[];
  /** A JSON response. */
  whole(json: unknown): readonly IrEvent[];
}

export interface Translation {
  /** What to send upstream. */
  readonly body: unknown;
  readonly dropped: readonly DroppedField[];
  readonly reader: ResponseReader;
  readonly writer: StreamEncoder;
  /** The JSON response for a client that does not stream; for event lists that end with `end`. */
  fold(events: readonly IrEvent[]): unknown;
}

/** Reads a client's request once; each attempt then makes its own exchange from it. Throws `RequestError`. */
export function readRequest(
  client: Format,
  json: unknown,
  context: { readonly model?: string; readonly stream?: boolean; readonly newId: NewId },
): { readonly request: Request; readonly dropped: readonly DroppedField[] } {
  const dropped = new DroppedFields();
  const request = client.decodeRequest(json, { ...context, dropped });
  if (dropped.fatal !== undefined) throw new RequestError(dropped.fatal);
  return { request, dropped: dropped.all };
}

/** Writes a request for one upstream. Throws `RequestError` when a dropped field is fatal, unless the target is lossy. */
export function openTranslation(request: Request, options: TranslationOptions): Translation {
  const { client, upstream, target, model, newId, created, signatures } = options;
  const dropped = new DroppedFields();
  const names = new ToolNames();
  const adapted = adaptRequest(request, { upstream, target, signatures, names, dropped });
  const body = upstream.encodeRequest(adapted, { target, dropped });
  if (dropped.fatal !== undefined && !target.quirks.lossy) throw new RequestError(dropped.fatal);
  const custom = new Set(request.tools.flatMap((tool) => (tool.kind === 'custom' ? [toolKey(identityOf(tool))] : [])));
  const context = { model, newId, created, request };
  return {
    body,
    dropped: dropped.all,
    reader: new Reader(
      upstream,
      { model: target.model, newId },
      [new ToolRestorer(names), new CustomToolUnwrapper(custom)],
      new SignatureRecorder(signatures),
    ),
    writer: client.streamEncoder(context),
    fold: (events) => client.encodeResponse(events, context),
  };
}

interface Step {
  push(event: IrEvent): readonly IrEvent[];
}

function throughStep(events: readonly IrEvent[], step: Step): readonly IrEvent[] {
  const [only] = events;
  // The chunks of a stream come one by one.
  return only !== undefined && events.length === 1 ? step.push(only) : events.flatMap((event) => step.push(event));
}

class Reader implements ResponseReader {
  readonly #upstream: Format;
  readonly #context: { readonly model: string; readonly newId: NewId };
  readonly #decoder: ReturnType<Format['streamDecoder']>;
  readonly #guard: EventOrderGuard;
  readonly #steps: readonly Step[];
  readonly #recorder: SignatureRecorder;

  constructor(
    upstream: Format,
    context: { readonly model: string; readonly newId: NewId },
    steps: readonly Step[],
    recorder: SignatureRecorder,
  ) {
    this.#upstream = upstream;
    this.#context = context;
    this.#decoder = upstream.streamDecoder(context);
    this.#guard = new EventOrderGuard(() => ({ type: 'start', id: context.newId('answer_'), model: context.model }));
    this.#steps = steps;
    this.#recorder = recorder;
  }

  push(frame: SseFrame): readonly IrEvent[] {
    return this.#pass(this.#decoder.push(frame));
  }

  end(): readonly IrEvent[] {
    return [...this.#pass(this.#decoder.end()), ...this.#finish(this.#guard.end())];
  }

  whole(json: unknown): readonly IrEvent[] {
    return [...this.#pass(this.#upstream.decodeResponse(json, this.#context)), ...this.#finish(this.#guard.end())];
  }

  #pass(events: readonly IrEvent[]): readonly IrEvent[] {
    return this.#finish(throughStep(events, this.#guard));
  }

  #finish(events: readonly IrEvent[]): readonly IrEvent[] {
    const finished = this.#steps.reduce(throughStep, events);
    for (const event of finished) this.#recorder.note(event);
    return finished;
  }
}
