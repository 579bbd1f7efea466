// Responses of a Messages upstream, streamed or as JSON, as events.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent } from '../../model/events.ts';
import { numberOf, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import { eventsOf, type ResponseBlock } from '../../model/response.ts';
import type { DecodeResponseContext } from '../format.ts';
import { JsonStreamDecoder } from '../shared/json-stream-decoder.ts';
import { notAResponse, reportedError } from '../shared/stream-errors.ts';
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

export class MessagesStreamDecoder extends JsonStreamDecoder {
  /** Our block by the upstream's index; blocks we do not carry have none. */
  readonly #byIndex = new Map<number, { readonly block: number; input: string }>();
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

  #usage(json: unknown, out: IrEvent[]): void {
    const usage = messagesUsage(json);
    if (usage) out.push({ type: 'usage', usage });
  }

  #begin(index: number, content: JsonObject, out: IrEvent[]): void {
    const open = (block: number, input = ''): void => void this.#byIndex.set(index, { block, input });
    if (content.type === 'text') {
      open(this.blocks.open({ kind: 'text' }, out));
      this.#text(index, content.text, out);
    } else if (content.type === 'thinking') {
      open(this.blocks.open({ kind: 'thinking' }, out));
      this.#text(index, content.thinking, out);
    } else if (content.type === 'redacted_thinking') {
      const block = this.blocks.open({ kind: 'thinking' }, out);
      open(block);
      out.push({ type: 'signature', index: block, signature: signature(content.data), redacted: true });
    } else if (content.type === 'tool_use') {
      const id = textOf(content.id) || this.context.newId('toolu_');
      // Some servers give the whole input here and no deltas.
      const input = Object.keys(objectOf(content.input)).length > 0 ? JSON.stringify(content.input) : '';
      open(this.blocks.open({ kind: 'tool', id, name: textOf(content.name), variant: 'function' }, out), input);
    }
  }

  #text(index: number, text: unknown, out: IrEvent[]): void {
    const known = this.#byIndex.get(index);
    if (known && typeof text === 'string' && text !== '') out.push({ type: 'delta', index: known.block, text });
  }

  #delta(index: number, delta: JsonObject, out: IrEvent[]): void {
    const known = this.#byIndex.get(index);
    if (!known) return;
    if (delta.type === 'text_delta') this.#text(index, delta.text, out);
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
    if (!known) return;
    this.#byIndex.delete(index);
    if (known.input !== '') out.push({ type: 'delta', index: known.block, text: known.input });
    this.blocks.close(known.block, out);
  }

  #complete(out: IrEvent[]): void {
    this.complete(this.#finish ?? { reason: 'stop' }, out);
  }

  protected override closed(out: IrEvent[]): void {
    if (this.#finish) this.#complete(out);
    else super.closed(out);
  }
}

/** A JSON response. */
export function decodeMessagesResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  const body = objectOf(json);
  if (!Array.isArray(body.content)) {
    return [notAResponse(json, 'message')];
  }
  const stopSequence = stringOf(body.stop_sequence);
  return eventsOf({
    id: textOf(body.id) || context.newId('msg_'),
    model: textOf(body.model) || context.model,
    blocks: objectsOf(body.content).flatMap((content) => readBlock(content, context)),
    usage: messagesUsage(body.usage) ?? {},
    finish: reasonOf(body.stop_reason),
    ...(stopSequence === undefined ? {} : { stopSequence }),
  });
}

function readBlock(content: JsonObject, { newId }: DecodeResponseContext): readonly ResponseBlock[] {
  switch (content.type) {
    case 'text':
      return [{ block: { kind: 'text' }, text: textOf(content.text) }];
    case 'thinking':
      return [
        {
          block: { kind: 'thinking' },
          text: textOf(content.thinking),
          ...(textOf(content.signature) === '' ? {} : { signature: signature(content.signature) }),
        },
      ];
    case 'redacted_thinking':
      return [{ block: { kind: 'thinking' }, text: '', signature: signature(content.data), redacted: true }];
    case 'tool_use':
      return [
        {
          block: {
            kind: 'tool',
            id: textOf(content.id) || newId('toolu_'),
            name: textOf(content.name),
            variant: 'function',
          },
          text: JSON.stringify(objectOf(content.input)),
        },
      ];
    default:
      return [];
  }
}
