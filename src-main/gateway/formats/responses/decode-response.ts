// Responses of a Responses upstream, streamed or as JSON, as events.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent } from '../../model/events.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { ToolVariant } from '../../model/request.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';
import type { DecodeResponseContext } from '../format.ts';
import { JsonStreamDecoder } from '../shared/json-stream-decoder.ts';
import { readAnnotation } from '../shared/openai/annotations.ts';
import { readLogProbabilities } from '../shared/openai/log-probabilities.ts';
import { notAResponse, reportedError } from '../shared/stream-errors.ts';
import { readSearches } from './built-in-tools/searches.ts';
import { clientToolArguments, isClientToolKind, kindOfCall } from './client-tools.ts';
import { reasoningText } from './decode-items.ts';
import { responsesUsage } from './usage.ts';

interface Item {
  /** Blocks by content part (texts) or one block for the item. */
  readonly blocks: Map<number, number>;
  /** Whether deltas came, so that the whole item says nothing new. */
  heard: boolean;
  /** Whether citations came by themselves. */
  cited: boolean;
  summary: number;
}

const finishOf = (response: JsonObject): FinishReason => {
  if (response.status !== 'incomplete') return 'stop';
  return objectOf(response.incomplete_details).reason === 'content_filter' ? 'filter' : 'length';
};

const callVariant = (type: unknown): ToolVariant | undefined =>
  type === 'function_call' ? 'function' : type === 'custom_tool_call' ? 'custom' : kindOfCall(type);

export class ResponsesStreamDecoder extends JsonStreamDecoder {
  readonly #items = new Map<number, Item>();

  protected event(json: JsonObject, out: IrEvent[]): void {
    const at = numberOf(json.output_index) ?? 0;
    const part = numberOf(json.content_index) ?? 0;
    switch (json.type) {
      case 'response.created':
      case 'response.in_progress':
        this.#startWith(objectOf(json.response), out);
        break;
      case 'response.output_item.added':
        this.#startWith({}, out);
        this.#added(at, objectOf(json.item), out);
        break;
      case 'response.output_text.delta':
        this.#text(at, part, 'text', textOf(json.delta), out, readLogProbabilities(json.logprobs));
        break;
      case 'response.output_text.annotation.added':
        this.#cite(at, part, objectOf(json.annotation), out);
        break;
      case 'response.refusal.delta':
        this.#text(at, part, 'refusal', textOf(json.delta), out);
        break;
      case 'response.reasoning_summary_text.delta':
        this.#reasoning(at, numberOf(json.summary_index) ?? 0, textOf(json.delta), out);
        break;
      case 'response.reasoning_text.delta':
        this.#reasoning(at, part, textOf(json.delta), out);
        break;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#args(at, textOf(json.delta), out);
        break;
      case 'response.output_item.done':
        this.#startWith({}, out);
        this.#itemDone(at, objectOf(json.item), out);
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.done':
        this.whole(objectOf(json.response), out);
        break;
      case 'response.failed':
      case 'response.cancelled':
        this.fail(reportedError(objectOf(objectOf(json.response).error)), out);
        break;
      default:
        if (json.type === 'error' || (json.type === undefined && json.error !== undefined))
          this.fail(reportedError(json), out);
    }
  }

  #startWith(response: JsonObject, out: IrEvent[]): void {
    this.start(response.id, 'resp_', response.model, out);
  }

  #item(at: number): Item {
    const known = this.#items.get(at) ?? { blocks: new Map(), heard: false, cited: false, summary: 0 };
    this.#items.set(at, known);
    return known;
  }

  #added(at: number, item: JsonObject, out: IrEvent[]): void {
    const known = this.#item(at);
    const variant = callVariant(item.type);
    if (known.blocks.size > 0 || variant === undefined) return;
    const id = this.callId(textOf(item.call_id), 'call_');
    const name = textOf(item.name) || variant;
    const namespace = stringOf(item.namespace);
    known.blocks.set(0, this.blocks.open(defined({ kind: 'tool' as const, id, name, namespace, variant }), out));
  }

  #text(
    at: number,
    part: number,
    kind: 'text' | 'refusal' | 'thinking',
    text: string,
    out: IrEvent[],
    logProbabilities?: readonly LogProbability[],
  ): void {
    this.#startWith({}, out);
    const item = this.#item(at);
    const index = item.blocks.get(part) ?? this.blocks.open({ kind }, out);
    item.blocks.set(part, index);
    item.heard = true;
    if (text !== '' || logProbabilities)
      out.push({ type: 'delta', index, text, ...(logProbabilities === undefined ? {} : { logProbabilities }) });
  }

  #cite(at: number, part: number, annotation: JsonObject, out: IrEvent[]): void {
    const item = this.#item(at);
    const index = item.blocks.get(part);
    const citation = readAnnotation(annotation);
    if (index === undefined || citation === undefined) return;
    item.cited = true;
    out.push({ type: 'citation', index, citation });
  }

  /** Summary parts become paragraphs of one block. */
  #reasoning(at: number, summary: number, text: string, out: IrEvent[]): void {
    const item = this.#item(at);
    const separator = summary !== item.summary && item.heard ? '\n\n' : '';
    item.summary = summary;
    this.#text(at, 0, 'thinking', separator + text, out);
  }

  #args(at: number, text: string, out: IrEvent[]): void {
    const item = this.#item(at);
    const index = item.blocks.get(0);
    if (index === undefined || text === '') return;
    item.heard = true;
    out.push({ type: 'delta', index, text });
  }

  #itemDone(at: number, item: JsonObject, out: IrEvent[]): void {
    const known = this.#item(at);
    const variant = callVariant(item.type);
    if (variant !== undefined) {
      this.#added(at, item, out);
      const args = isClientToolKind(variant)
        ? clientToolArguments(variant, item)
        : textOf(item.arguments ?? item.input);
      if (!known.heard) this.#args(at, args, out);
    } else if (item.type === 'reasoning') this.#reasoningDone(at, item, known, out);
    else if (item.type === 'message') this.#messageDone(at, item, known, out);
    else if (item.type === 'image_generation_call' && textOf(item.result) !== '')
      known.blocks.set(
        0,
        this.blocks.open(
          { kind: 'image', mime: `image/${textOf(item.output_format) || 'png'}`, data: textOf(item.result) },
          out,
        ),
      );
    else for (const search of readSearches(item)) this.blocks.whole(search, out);
    for (const index of known.blocks.values()) this.blocks.close(index, out);
  }

  #messageDone(at: number, item: JsonObject, { heard, cited }: Item, out: IrEvent[]): void {
    for (const [part, content] of objectsOf(item.content).entries()) {
      const kind = content.type === 'refusal' ? 'refusal' : 'text';
      const text = textOf(content.text ?? content.refusal);
      if (!heard && text !== '') this.#text(at, part, kind, text, out, readLogProbabilities(content.logprobs));
      if (!cited) for (const one of objectsOf(content.annotations)) this.#cite(at, part, one, out);
    }
  }

  #reasoningDone(at: number, item: JsonObject, known: Item, out: IrEvent[]): void {
    const value = stringOf(item.encrypted_content);
    const text = reasoningText(item);
    if (!known.heard && (text !== '' || value !== undefined)) this.#text(at, 0, 'thinking', text, out);
    const index = known.blocks.get(0);
    if (index === undefined || value === undefined) return;
    const id = stringOf(item.id);
    out.push({ type: 'signature', index, signature: { issuer: 'openai', value, ...(id === undefined ? {} : { id }) } });
  }

  /** A whole response: the end of a stream, or all there is. */
  whole(response: JsonObject, out: IrEvent[]): void {
    if (response.status === 'failed' || response.status === 'cancelled') {
      this.fail(reportedError(objectOf(response.error)), out);
      return;
    }
    this.#startWith(response, out);
    // Some servers send nothing but this last event.
    if (this.#items.size === 0)
      for (const [at, item] of objectsOf(response.output).entries()) this.#itemDone(at, item, out);
    this.blocks.closeAll(out);
    const usage = responsesUsage(response.usage);
    if (usage) out.push({ type: 'usage', usage });
    this.complete({ reason: this.orTool(finishOf(response)) }, out);
  }
}

/** A JSON response. */
export function decodeResponsesResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  const body = objectOf(json);
  if (!Array.isArray(body.output) && body.status !== 'failed') {
    return [notAResponse(json, 'response')];
  }
  const out: IrEvent[] = [];
  new ResponsesStreamDecoder(context).whole(body, out);
  return out;
}
