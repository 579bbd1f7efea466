// Events as Responses events, or folded to one response.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Block, IrEvent } from '../../model/events.ts';
import { collectResponse, joinSignatures, type ResponseBlock } from '../../model/response.ts';
import { BlockSerializer, toolsMayOverlap } from '../../model/serialize-blocks.ts';
import { sseFrame } from '../../model/sse.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';
import type { EncodeResponseContext, StreamEncoder } from '../format.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import { writeLogProbabilities } from '../shared/openai/log-probabilities.ts';
import { searchEvents } from './built-in-tools/searches.ts';
import { isClientToolKind } from './client-tools.ts';
import { errorFrame } from './errors.ts';
import { annotation, itemPrefix, outputItem, responseObject, textPart } from './response-object.ts';

interface OpenItem {
  readonly id: string;
  readonly at: number;
  response: ResponseBlock;
  readonly logProbabilities: LogProbability[];
  readonly citations: Citation[];
}

export class ResponsesStreamEncoder implements StreamEncoder {
  readonly #context: EncodeResponseContext;
  readonly #serializer = new BlockSerializer(toolsMayOverlap);
  readonly #id: string;
  /** Blocks that have begun; their items are written when they have content. */
  readonly #blocks = new Map<number, Block>();
  readonly #items = new Map<number, OpenItem>();
  readonly #output: JsonObject[] = [];
  readonly #closing: IrEvent[] = [];
  #sequence = 0;
  #started = false;

  constructor(context: EncodeResponseContext) {
    this.#context = context;
    this.#id = context.newId('resp_');
  }

  encode(event: IrEvent): string {
    return this.#serializer.writeDue(event, (due) => this.#write(due));
  }

  #write(event: IrEvent): string {
    switch (event.type) {
      case 'start':
        return this.#start();
      case 'block-start':
        this.#blocks.set(event.index, event.block);
        return isWritten(event.block) ? this.#open(event.index) : '';
      case 'delta':
        return event.text === '' && !event.logProbabilities ? '' : this.#open(event.index) + this.#delta(event);
      case 'citation':
        return this.#cite(event);
      case 'signature': {
        if (this.#blocks.get(event.index)?.kind !== 'thinking') return '';
        const frames = this.#open(event.index);
        const item = this.#items.get(event.index);
        if (item)
          item.response = {
            ...item.response,
            signature: joinSignatures(item.response.signature, event.signature),
            ...(event.redacted ? { redacted: true } : {}),
          };
        return frames;
      }
      case 'block-stop':
        return this.#close(event.index);
      case 'usage':
      case 'finish':
        this.#closing.push(event);
        return '';
      case 'end':
        return this.#end();
      case 'error':
        return this.#error(event);
    }
  }

  #start(): string {
    this.#started = true;
    const response = responseObject(this.#id, this.#context, { status: 'in_progress', output: [] });
    return this.#frame('response.created', { response }) + this.#frame('response.in_progress', { response });
  }

  #frame(type: string, fields: JsonObject): string {
    return sseFrame({ type, sequence_number: this.#sequence++, ...fields }, type);
  }

  #open(index: number): string {
    const block = this.#blocks.get(index);
    if (!block || this.#items.has(index)) return '';
    const response = { block, text: '' };
    const id = this.#context.newId(itemPrefix(response));
    const item: OpenItem = { id, at: this.#output.length, response, logProbabilities: [], citations: [] };
    this.#items.set(index, item);
    const shown = outputItem(item.id, response, 'in_progress');
    this.#output.push(shown);
    const added = this.#frame('response.output_item.added', { output_index: item.at, item: shown });
    const place = { item_id: item.id, output_index: item.at };
    if (block.kind === 'text' || block.kind === 'refusal')
      return (
        added +
        this.#frame('response.content_part.added', { ...place, content_index: 0, part: textPart(block.kind, '') })
      );
    if (block.kind === 'search') return added + searchEvents.map((type) => this.#frame(type, place)).join('');
    return added;
  }

  #delta({ index, text: delta, logProbabilities }: Extract<IrEvent, { type: 'delta' }>): string {
    const item = this.#items.get(index);
    if (!item) return '';
    const { block, text } = item.response;
    item.response = { ...item.response, text: text + delta };
    if (logProbabilities) item.logProbabilities.push(...logProbabilities);
    const place = { item_id: item.id, output_index: item.at };
    switch (block.kind) {
      case 'tool':
        // The arguments of such a call are an object, which is whole only at its end.
        if (isClientToolKind(block.variant)) return '';
        return this.#frame(
          block.variant === 'custom'
            ? 'response.custom_tool_call_input.delta'
            : 'response.function_call_arguments.delta',
          { ...place, delta },
        );
      case 'thinking': {
        const at = { ...place, summary_index: 0 };
        const begin =
          text === ''
            ? this.#frame('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } })
            : '';
        return begin + this.#frame('response.reasoning_summary_text.delta', { ...at, delta });
      }
      case 'text':
        return this.#frame('response.output_text.delta', {
          ...place,
          content_index: 0,
          delta,
          logprobs: writeLogProbabilities(logProbabilities ?? []),
        });
      case 'refusal':
        return this.#frame('response.refusal.delta', { ...place, content_index: 0, delta });
      case 'image':
      case 'audio':
      case 'search':
        return '';
    }
  }

  #close(index: number): string {
    const item = this.#items.get(index);
    if (!item) return '';
    const { logProbabilities, citations } = item;
    const whole = outputItem(item.id, { ...item.response, logProbabilities, citations }, 'completed');
    // The item keeps the id it was announced with; the issuer's own id would not match its events.
    const done = { ...whole, id: item.id };
    this.#output[item.at] = done;
    return this.#partDone(item) + this.#frame('response.output_item.done', { output_index: item.at, item: done });
  }

  #cite({ index, citation }: Extract<IrEvent, { type: 'citation' }>): string {
    const item = this.#items.get(index);
    if (!item) return '';
    item.citations.push(citation);
    return this.#frame('response.output_text.annotation.added', {
      item_id: item.id,
      output_index: item.at,
      content_index: 0,
      annotation_index: item.citations.length - 1,
      annotation: annotation(citation, item.response.text),
    });
  }

  #partDone({ id, at, response: { block, text }, ...rest }: OpenItem): string {
    const place = { item_id: id, output_index: at };
    switch (block.kind) {
      case 'tool':
        if (isClientToolKind(block.variant)) return '';
        return block.variant === 'custom'
          ? this.#frame('response.custom_tool_call_input.done', { ...place, input: text })
          : this.#frame('response.function_call_arguments.done', { ...place, name: block.name, arguments: text });
      case 'thinking':
        if (text === '') return '';
        return (
          this.#frame('response.reasoning_summary_text.done', { ...place, summary_index: 0, text }) +
          this.#frame('response.reasoning_summary_part.done', {
            ...place,
            summary_index: 0,
            part: { type: 'summary_text', text },
          })
        );
      case 'text':
      case 'refusal': {
        const part = textPart(block.kind, text, rest);
        const at = { ...place, content_index: 0 };
        return (
          (block.kind === 'text'
            ? this.#frame('response.output_text.done', { ...at, text, logprobs: part.logprobs })
            : this.#frame('response.refusal.done', { ...at, refusal: text })) +
          this.#frame('response.content_part.done', { ...at, part })
        );
      }
      case 'image':
      case 'audio':
      case 'search':
        return '';
    }
  }

  #end(): string {
    const collected = collectResponse(this.#closing);
    const response = responseObject(this.#id, this.#context, {
      status: 'completed',
      output: this.#output,
      response: collected,
    });
    return this.#frame(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response });
  }

  /** Codex reads the error of the response, the SDKs the one beside it. */
  #error(event: Extract<IrEvent, { type: 'error' }>): string {
    if (!this.#started) return errorFrame(event.error);
    const { error } = openaiErrorBody(event.error);
    const response = responseObject(this.#id, this.#context, {
      status: 'failed',
      output: this.#output,
      error: event.error,
    });
    return this.#frame('response.failed', { response, error });
  }
}

/** Whether a block has something to show before any text of it has come. */
const isWritten = ({ kind }: Block): boolean => kind === 'tool' || kind === 'image' || kind === 'search';

export function encodeResponsesResponse(events: readonly IrEvent[], context: EncodeResponseContext): JsonObject {
  const response = collectResponse(events);
  const shown = response.blocks.filter(
    ({ block, text, signature }) =>
      text !== '' || isWritten(block) || (block.kind === 'thinking' && signature !== undefined),
  );
  const output = shown.map((block) => outputItem(context.newId(itemPrefix(block)), block, 'completed'));
  return responseObject(context.newId('resp_'), context, { status: 'completed', output, response });
}
