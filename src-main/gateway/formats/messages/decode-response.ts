// Responses of a Messages upstream, streamed or as JSON, as events.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent } from '../../model/events.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { DecodeResponseContext } from '../format.ts';
import { JsonStreamDecoder } from '../shared/json-stream-decoder.ts';
import { notAResponse, reportedError } from '../shared/stream-errors.ts';
import { SearchReader } from './built-in-tools/searches.ts';
import { messagesUsage } from './usage.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop-sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool',
  refusal: 'filter',
  pause_turn: 'pause',
};

const reasonOf = (word: unknown): FinishReason => reasons[textOf(word)] ?? 'stop';
const signature = (value: unknown) => ({ issuer: 'anthropic' as const, value: textOf(value) });

interface CitedText {
  /** Where it begins in the text of the response. */
  readonly start: number;
  readonly citations: JsonObject[];
}

export class MessagesStreamDecoder extends JsonStreamDecoder {
  /** Our block by the upstream's index; blocks we do not carry have none. */
  readonly #byIndex = new Map<number, { readonly block: number; input: string }>();
  /** Texts that have begun. */
  readonly #cited = new Map<number, CitedText>();
  readonly #searches = new SearchReader();
  #finish: { readonly reason: FinishReason; readonly stopSequence?: string } | undefined;

  protected event(json: JsonObject, out: IrEvent[]): void {
    switch (json.type) {
      case 'message_start': {
        const message = objectOf(json.message);
        this.start(message.id, 'msg_', message.model, out);
        this.#usage(message.usage, out);
        break;
      }
      case 'content_block_start':
        this.#begin(numberOf(json.index) ?? 0, objectOf(json.content_block), out);
        break;
      case 'content_block_delta':
        this.#delta(numberOf(json.index) ?? 0, objectOf(json.delta), out);
        break;
      case 'content_block_stop':
        this.#stop(numberOf(json.index) ?? 0, out);
        break;
      case 'message_delta': {
        const delta = objectOf(json.delta);
        const stopSequence = stringOf(delta.stop_sequence);
        if (typeof delta.stop_reason === 'string')
          this.#finish = {
            reason: reasonOf(delta.stop_reason),
            ...(stopSequence === undefined ? {} : { stopSequence }),
          };
        this.#usage(json.usage, out);
        break;
      }
      case 'message_stop':
        this.#complete(out);
        break;
      case 'error':
        this.fail(reportedError(json), out);
        break;
      default:
        if (json.type === undefined && json.error !== undefined) this.fail(reportedError(json), out);
    }
  }

  whole(message: JsonObject, out: IrEvent[]): void {
    this.event({ type: 'message_start', message: { id: message.id, model: message.model } }, out);
    for (const [index, content] of objectsOf(message.content).entries()) {
      this.#begin(index, content, out);
      this.#stop(index, out);
    }
    const { stop_reason = 'end_turn', stop_sequence, usage } = message;
    this.event({ type: 'message_delta', delta: { stop_reason, stop_sequence }, usage }, out);
    this.event({ type: 'message_stop' }, out);
  }

  #usage(json: unknown, out: IrEvent[]): void {
    const usage = messagesUsage(json);
    if (usage) out.push({ type: 'usage', usage });
  }

  #begin(index: number, content: JsonObject, out: IrEvent[]): void {
    const open = (block: number, input = ''): void => void this.#byIndex.set(index, { block, input });
    // Neighbouring texts are one: the service begins another where it cites another source.
    if (content.type === 'text') {
      open(this.blocks.running('text', out));
      this.#cited.set(index, { start: this.blocks.characters.all, citations: [...objectsOf(content.citations)] });
      this.#text(index, content.text, out);
      return;
    }
    this.blocks.closeRunning(out);
    if (content.type === 'thinking') {
      open(this.blocks.open({ kind: 'thinking' }, out));
      this.#text(index, content.thinking, out);
      this.#delta(index, { type: 'signature_delta', signature: content.signature }, out);
    } else if (content.type === 'redacted_thinking') {
      const block = this.blocks.open({ kind: 'thinking' }, out);
      open(block);
      out.push({ type: 'signature', index: block, signature: signature(content.data), redacted: true });
    } else if (content.type === 'tool_use') {
      const id = this.callId(textOf(content.id), 'toolu_');
      // Some servers give the whole input here and no deltas.
      const input = Object.keys(objectOf(content.input)).length > 0 ? JSON.stringify(content.input) : '';
      open(this.blocks.open({ kind: 'tool', id, name: textOf(content.name), variant: 'function' }, out), input);
    } else {
      const search = this.#searches.begin(index, content);
      if (search) this.blocks.whole(search, out);
    }
  }

  #text(index: number, text: unknown, out: IrEvent[]): void {
    const known = this.#byIndex.get(index);
    if (known === undefined || typeof text !== 'string' || text === '') return;
    if (this.#cited.has(index)) this.blocks.text('text', text, out);
    else out.push({ type: 'delta', index: known.block, text });
  }

  #delta(index: number, delta: JsonObject, out: IrEvent[]): void {
    const known = this.#byIndex.get(index);
    if (!known) this.#searches.input(index, delta);
    else if (delta.type === 'text_delta') this.#text(index, delta.text, out);
    else if (delta.type === 'citations_delta') this.#cited.get(index)?.citations.push(objectOf(delta.citation));
    else if (delta.type === 'thinking_delta') this.#text(index, delta.thinking, out);
    else if (delta.type === 'signature_delta' && textOf(delta.signature) !== '')
      out.push({ type: 'signature', index: known.block, signature: signature(delta.signature) });
    else if (delta.type === 'input_json_delta' && textOf(delta.partial_json) !== '') {
      known.input = '';
      this.#text(index, delta.partial_json, out);
    }
  }

  #stop(index: number, out: IrEvent[]): void {
    const known = this.#byIndex.get(index);
    if (!known) {
      this.#searches.stop(index);
      return;
    }
    this.#byIndex.delete(index);
    const cited = this.#cited.get(index);
    if (cited !== undefined) {
      this.#cited.delete(index);
      this.#cite(cited, out);
      return;
    }
    if (known.input !== '') out.push({ type: 'delta', index: known.block, text: known.input });
    this.blocks.close(known.block, out);
  }

  /** A text is based on its citations as a whole. */
  #cite({ start: from, citations }: CitedText, out: IrEvent[]): void {
    const { all, before } = this.blocks.characters;
    const [start, end] = [from - before, all - before];
    for (const { url, title, cited_text: quote } of citations)
      if (typeof url === 'string' && end > start)
        this.blocks.cite(defined({ url, title: stringOf(title), quote: stringOf(quote), start, end }), out);
  }

  #complete(out: IrEvent[]): void {
    this.complete(this.#finish ?? { reason: 'stop' }, out);
  }

  protected override closed(out: IrEvent[]): void {
    if (this.#finish) this.#complete(out);
    else super.closed(out);
  }
}

/** A JSON response: what a stream says, in one piece for each block. */
export function decodeMessagesResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  const body = objectOf(json);
  if (!Array.isArray(body.content)) {
    return [notAResponse(json, 'message')];
  }
  const decoder = new MessagesStreamDecoder(context);
  const out: IrEvent[] = [];
  decoder.whole(body, out);
  return out;
}
