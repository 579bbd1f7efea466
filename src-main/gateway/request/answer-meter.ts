// How much text a response had, for clients whose tokens are counted and upstreams that do not count them.
import { createParser } from 'eventsource-parser';
import { parseJson } from '../../../src-shared/json.ts';
import type { Format, NewId } from '../formats/format.ts';
import { RequestError } from '../model/errors/request-error.ts';
import type { IrEvent, Usage } from '../model/events.ts';
import type { Part, Request } from '../model/request.ts';

/** Longer JSON responses are counted by their bytes. */
const maxJsonBytes = 16 * 1024 * 1024;
const charactersPerToken = 4;

/** Reads along with the response of one upstream. */
export class AnswerMeter {
  readonly #format: Format;
  readonly #context: { readonly model: string; readonly newId: NewId };
  readonly #decoder = new TextDecoder();
  #stream: ReturnType<Format['streamDecoder']> | undefined;
  readonly #parser = createParser({
    maxBufferSize: maxJsonBytes,
    onEvent: ({ event, data }) => this.#count(this.#stream?.push({ event, data }) ?? []),
  });
  #json: string[] = [];
  #bytes = 0;
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
    const text = this.#decoder.decode(chunk, { stream: true });
    if (this.#stream !== undefined) this.#parser.feed(text);
    else {
      this.#bytes += chunk.length;
      if (this.#bytes <= maxJsonBytes) this.#json.push(text);
      else this.#json = [];
    }
  }

  /** Characters of the answer so far. */
  get characters(): number {
    if (this.#stream !== undefined || this.#bytes === 0) return this.#characters;
    const json = parseJson(this.#json.join(''));
    if (json === undefined) return this.#bytes;
    this.#count(this.#format.decodeResponse(json, this.#context));
    this.#bytes = 0;
    return this.#characters;
  }

  #count(events: readonly IrEvent[]): void {
    for (const event of events) if (event.type === 'delta') this.#characters += event.text.length;
  }
}

/**
 * What the upstream counted, with estimates in place of what it did not. `isWhole`: the response came to its end; else
 * its last count of the output is one of the beginning.
 */
export function estimatedUsage(
  usage: Partial<Usage> | undefined,
  {
    request,
    characters,
    isWhole,
  }: { readonly request: () => Request; readonly characters: number; readonly isWhole: boolean },
): { readonly usage: Partial<Usage>; readonly isEstimated: boolean } {
  const knowsInput = usage?.inputFresh !== undefined || usage?.cacheRead !== undefined;
  const knowsOutput = usage?.output !== undefined && isWhole;
  if (usage !== undefined && knowsInput && knowsOutput) return { usage, isEstimated: false };
  const input = knowsInput ? {} : { inputFresh: tokensIn(promptCharacters(request)) };
  const output = knowsOutput ? {} : { output: Math.max(usage?.output ?? 0, tokensIn(characters)) };
  return { usage: { ...usage, ...input, ...output }, isEstimated: true };
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
