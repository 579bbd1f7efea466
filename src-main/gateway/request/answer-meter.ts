// How much text a response had, for upstreams that do not count tokens and responses that do not come to their end.
import { createParser } from 'eventsource-parser';
import { parseJson } from '../../../src-shared/json.ts';
import type { Format, NewId } from '../formats/format.ts';
import { RequestError } from '../model/errors/request-error.ts';
import type { IrEvent, Usage } from '../model/events.ts';
import type { Part, Request } from '../model/request.ts';

/**
 * So much is kept before it is read: most responses say at their end what they used, and need not be read at all. A JSON
 * response cannot be read before its end: a longer one is counted by its bytes.
 */
const maxHeldBytes = 64 * 1024;
/** Larger events of a stream are not counted. */
const maxEventLength = 1024 * 1024;
const charactersPerToken = 4;

/** Reads along with the response of one upstream. */
export class AnswerMeter {
  readonly #format: Format;
  readonly #context: { readonly model: string; readonly newId: NewId };
  /** Made when something is read: of most responses nothing is. */
  #feed: ((chunk: Buffer) => void) | undefined;
  #stream: ReturnType<Format['streamDecoder']> | undefined;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #characters = 0;

  constructor(format: Format, context: { readonly model: string; readonly newId: NewId }) {
    this.#format = format;
    this.#context = context;
  }

  /** The response is a stream of events; else it is one JSON text. */
  readsStream(): void {
    this.#stream = this.#format.streamDecoder(this.#context);
  }

  push(chunk: Buffer): void {
    this.#heldBytes += chunk.length;
    const isTooLong = this.#heldBytes > maxHeldBytes;
    // The bytes of the chunk are used again.
    if (this.#stream !== undefined || !isTooLong) this.#held.push(Buffer.from(chunk));
    else this.#held = [];
    if (this.#stream !== undefined && isTooLong) this.#readStream();
  }

  /** Characters of the answer so far. */
  get characters(): number {
    if (this.#stream !== undefined) this.#readStream();
    else if (this.#heldBytes > maxHeldBytes) return this.#heldBytes;
    else if (this.#heldBytes > 0) return this.#readJson();
    return this.#characters;
  }

  #readStream(): void {
    this.#feed ??= this.#createReader();
    for (const chunk of this.#held) this.#feed(chunk);
    this.#held = [];
    this.#heldBytes = 0;
  }

  #createReader(): (chunk: Buffer) => void {
    const decoder = new TextDecoder();
    const parser = createParser({
      maxBufferSize: maxEventLength,
      onEvent: ({ event, data }) => this.#count(this.#stream?.push({ event, data }) ?? []),
      // What follows of the event has no name of a field, and is skipped.
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') parser.reset();
      },
    });
    return (chunk) => parser.feed(decoder.decode(chunk, { stream: true }));
  }

  #readJson(): number {
    const json = parseJson(Buffer.concat(this.#held).toString());
    if (json === undefined) return this.#heldBytes;
    this.#count(this.#format.decodeResponse(json, this.#context));
    this.#held = [];
    this.#heldBytes = 0;
    return this.#characters;
  }

  #count(events: readonly IrEvent[]): void {
    for (const event of events) if (event.type === 'delta') this.#characters += event.text.length;
  }
}

/** Reads along with several responses of one upstream, whose bytes come mixed. */
export class JoinedMeter {
  readonly #calls: { readonly current: number };
  readonly #meters = new Map<number, AnswerMeter>();
  readonly #meter: () => AnswerMeter;
  #isStream = false;

  /** @param meter makes the one of a single response */
  constructor(calls: { readonly current: number }, meter: () => AnswerMeter) {
    this.#calls = calls;
    this.#meter = meter;
  }

  readsStream(): void {
    this.#isStream = true;
  }

  push(chunk: Buffer): void {
    const known = this.#meters.get(this.#calls.current);
    const meter = known ?? this.#meter();
    if (known === undefined) {
      this.#meters.set(this.#calls.current, meter);
      if (this.#isStream) meter.readsStream();
    }
    meter.push(chunk);
  }

  get characters(): number {
    return [...this.#meters.values()].reduce((sum, { characters }) => sum + characters, 0);
  }
}

/**
 * What the upstream counted, with estimates in place of what it did not; undefined when it counted all. `isWhole`: the
 * response came to its end; else its last count of the output is one of the beginning.
 */
export function estimatedUsage(
  usage: Partial<Usage> | undefined,
  answer: { readonly request: () => Request; readonly characters: () => number; readonly isWhole: boolean },
): Partial<Usage> | undefined {
  const knowsInput = usage?.inputFresh !== undefined || usage?.cacheRead !== undefined;
  const knowsOutput = usage?.output !== undefined && answer.isWhole;
  if (knowsInput && knowsOutput) return undefined;
  const input = knowsInput ? {} : { inputFresh: tokensIn(promptCharacters(answer.request)) };
  const output = knowsOutput ? {} : { output: Math.max(usage?.output ?? 0, tokensIn(answer.characters())) };
  return { ...usage, ...input, ...output };
}

const tokensIn = (characters: number) => Math.ceil(characters / charactersPerToken);

function promptCharacters(request: () => Request): number {
  try {
    const { system, turns } = request();
    const parts = [...system, ...turns.flatMap((turn) => turn.parts)];
    return parts.reduce((sum, part) => sum + charactersOf(part), 0);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return 0;
  }
}

function charactersOf(part: Part): number {
  if (part.kind === 'tool-call') return part.name.length + part.args.length;
  if (part.kind === 'tool-result') return part.parts.reduce((sum, inner) => sum + charactersOf(inner), 0);
  return 'text' in part ? part.text.length : 0;
}
