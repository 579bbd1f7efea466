// Responses of a Gemini upstream, streamed or as JSON, as events.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent, SearchBlock } from '../../model/events.ts';
import { objectOf, objectsOf, parseExact, stringOf, textOf } from '../../model/json.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';
import type { DecodeResponseContext } from '../format.ts';
import { JsonStreamDecoder } from '../shared/json-stream-decoder.ts';
import { notAResponse, reportedError } from '../shared/stream-errors.ts';
import { readGrounding, readSearches } from './candidate/grounding.ts';
import { readLogProbabilities } from './candidate/log-probabilities.ts';
import { ownIdPrefix } from './encode-contents.ts';
import { field } from './spelling.ts';
import { geminiUsage } from './usage.ts';

/** In longer texts, sources are those of the whole text. */
const maxKeptLength = 4 * 1024 * 1024;

const grounding = ['groundingMetadata', 'citationMetadata'] as const;

const isText = (part: JsonObject): boolean =>
  typeof part.text === 'string' && part.text !== '' && part.thought !== true;

const filters = /^(SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|LANGUAGE|IMAGE_.*)$/;
const errors = /^(MALFORMED_FUNCTION_CALL|UNEXPECTED_TOOL_CALL|TOO_MANY_TOOL_CALLS)$/;

export class GeminiStreamDecoder extends JsonStreamDecoder {
  #finish: FinishReason | undefined;
  /** Texts of the parts so far, and of those of the last chunk. */
  readonly #texts: string[] = [];
  #keptLength = 0;
  #parts: readonly string[] = [];
  #grounding: JsonObject | undefined;
  #hasSearched = false;

  /** The REST format of a stream has its chunks in lists. */
  protected override parse(data: string): unknown {
    const json = parseExact(data);
    return Array.isArray(json) ? json[0] : json;
  }

  event(chunk: JsonObject, out: IrEvent[]): void {
    if (this.isOver) return;
    if (chunk.error !== undefined) {
      this.fail(reportedError(chunk), out);
      return;
    }
    this.start(field(chunk, 'responseId'), 'gemini-', field(chunk, 'modelVersion'), out);
    const usage = geminiUsage(field(chunk, 'usageMetadata'));
    if (usage) out.push({ type: 'usage', usage });
    const [candidate] = objectsOf(chunk.candidates);
    if (candidate) this.#candidate(candidate, out);
    else if (field(objectOf(field(chunk, 'promptFeedback')), 'blockReason') !== undefined) this.#finish = 'filter';
  }

  #candidate(candidate: JsonObject, out: IrEvent[]): void {
    const parts = objectsOf(objectOf(candidate.content).parts);
    const likely = readLogProbabilities(candidate);
    const first = parts.find(isText);
    if (this.blocks.characters.all === 0) {
      const searches = readSearches(candidate);
      if (searches.some(({ pages }) => pages.length > 0)) this.#search(searches, out);
    }
    for (const part of parts) this.#part(part, out, part === first ? likely : undefined);
    if (likely && first === undefined && this.blocks.isText) this.blocks.text('text', '', out, likely);
    this.#parts = parts.map((part) => (isText(part) ? textOf(part.text) : ''));
    this.#keep(this.#parts);
    for (const name of grounding) {
      const value = field(candidate, name);
      if (isObject(value)) this.#grounding = { ...this.#grounding, [name]: value };
    }
    this.#noteFinish(candidate, out);
  }

  /** Searches stand before the text, when they are known with what they found; else behind it. */
  #search(searches: readonly SearchBlock[], out: IrEvent[]): void {
    if (this.#hasSearched) return;
    this.#hasSearched = searches.length > 0;
    for (const search of searches) this.blocks.whole(search, out);
  }

  #keep(texts: readonly string[]): void {
    this.#keptLength += texts.reduce((sum, { length }) => sum + length, 0);
    if (this.#keptLength <= maxKeptLength) this.#texts.push(...texts);
    else this.#texts.length = 0;
  }

  /** Sources are given at the end, for all of the text. */
  #cite(out: IrEvent[]): void {
    if (this.#grounding === undefined) return;
    const { all, before } = this.blocks.characters;
    // Places in parts are those of a response in one piece.
    const parts = this.#texts.length === this.#parts.length ? this.#parts : [];
    for (const { start, end, ...citation } of readGrounding(this.#grounding, this.#texts.join(''), parts)) {
      const isInside = start !== undefined && end !== undefined && start >= before && start < end && end <= all;
      this.blocks.cite({ ...citation, ...(isInside && { start: start - before, end: end - before }) }, out);
    }
    this.#search(readSearches(this.#grounding), out);
  }

  #part(part: JsonObject, out: IrEvent[], likely?: readonly LogProbability[]): void {
    const signature = stringOf(field(part, 'thoughtSignature'));
    const call = field(part, 'functionCall');
    const inline = field(part, 'inlineData');
    let index: number | undefined;
    if (isObject(call)) index = this.#call(call, out);
    else if (isObject(inline)) {
      this.blocks.closeRunning(out);
      const mime = textOf(field(inline, 'mimeType'));
      const kind = mime.startsWith('audio/') ? 'audio' : 'image';
      index = this.blocks.open({ kind, mime, data: textOf(inline.data) }, out);
    } else if (typeof part.text === 'string' && part.text !== '')
      index = this.blocks.text(part.thought === true ? 'thinking' : 'text', part.text, out, likely);
    // A signature in a part of its own belongs to the text before it.
    const signed = index ?? this.blocks.current;
    if (signature !== undefined && signed !== undefined)
      out.push({ type: 'signature', index: signed, signature: { issuer: 'google', value: signature } });
    if (index !== undefined && index !== this.blocks.current) this.blocks.close(index, out);
  }

  #call(call: JsonObject, out: IrEvent[]): number {
    this.blocks.closeRunning(out);
    const id = this.callId(textOf(call.id), ownIdPrefix);
    const index = this.blocks.open({ kind: 'tool', id, name: textOf(call.name), variant: 'function' }, out);
    out.push({ type: 'delta', index, text: JSON.stringify(objectOf(call.args)) });
    return index;
  }

  #noteFinish(candidate: JsonObject, out: IrEvent[]): void {
    const reason = textOf(field(candidate, 'finishReason'));
    if (reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return;
    if (errors.test(reason)) {
      const message = textOf(field(candidate, 'finishMessage')) || 'The model made a call that cannot be read.';
      this.fail(reportedError({ message: `${message} (${reason})` }), out);
    } else this.#finish = reason === 'MAX_TOKENS' ? 'length' : filters.test(reason) ? 'filter' : 'stop';
  }

  /** Gemini marks no end but that of the stream. */
  protected override closed(out: IrEvent[]): void {
    if (this.#finish === undefined) super.closed(out);
    else {
      this.#cite(out);
      this.complete({ reason: this.orTool(this.#finish) }, out);
    }
  }
}

/** A JSON response; the REST variant of a stream, a list of chunks, is one too. */
export function decodeGeminiResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  const chunks = Array.isArray(json) ? objectsOf(json) : [objectOf(json)];
  if (!chunks.some((chunk) => Array.isArray(chunk.candidates) || isObject(field(chunk, 'promptFeedback')))) {
    return [notAResponse(chunks[0], 'Gemini answer')];
  }
  const decoder = new GeminiStreamDecoder(context);
  const out: IrEvent[] = [];
  for (const chunk of chunks) decoder.event(chunk, out);
  return [...out, ...decoder.end()];
}
