// Events as Messages events, or folded to one message.

import type { JsonObject } from '../../../../src-shared/json.ts';
import { estimateTokens } from '../../model/estimate.ts';
import type { Block, FinishReason, IrEvent, SearchBlock, Usage } from '../../model/events.ts';
import { argumentsOf } from '../../model/json.ts';
import type { ReasoningSignature } from '../../model/request.ts';
import { collectResponse, type ResponseBlock } from '../../model/response.ts';
import { BlockSerializer } from '../../model/serialize-blocks.ts';
import { sseFrame } from '../../model/sse.ts';
import type { EncodeResponseContext, StreamEncoder } from '../format.ts';
import { ownSearchPrefix, writeSearch } from './built-in-tools/searches.ts';
import { citedTexts, writeCitation } from './citations.ts';
import { messagesErrorBody } from './errors.ts';
import { toMessagesUsage } from './usage.ts';

const stopReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  tool: 'tool_use',
  filter: 'refusal',
  pause: 'pause_turn',
};

const frame = (data: JsonObject & { readonly type: string }): string => sseFrame(data, data.type);

export class MessagesStreamEncoder implements StreamEncoder {
  readonly #context: EncodeResponseContext;
  readonly #serializer = new BlockSerializer();
  #opened = false;
  #usage: Partial<Usage> = {};
  #finish: Extract<IrEvent, { type: 'finish' }> = { type: 'finish', reason: 'stop' };
  #block: Block | undefined;
  /** Blocks are written when they have content: empty and blank ones are rejected when they come back. */
  #written = false;
  /** What has come of a text that is blank so far. */
  #blank = '';
  #index = -1;

  constructor(context: EncodeResponseContext) {
    this.#context = context;
  }

  encode(event: IrEvent): string {
    if (event.type === 'start') return '';
    if (event.type === 'usage') {
      this.#usage = { ...this.#usage, ...event.usage };
      return '';
    }
    if (event.type === 'error') return frame(messagesErrorBody(event.error));
    return this.#open() + this.#serializer.writeDue(event, (due) => this.#write(due));
  }

  /**
   * The first event waits for the first content, so that input counts that come early can stand in it. Some clients read
   * them nowhere else: an estimate is better than nothing, and the last event has the right ones.
   */
  #open(): string {
    if (this.#opened) return '';
    this.#opened = true;
    const message = {
      id: this.#context.newId('msg_'),
      type: 'message',
      role: 'assistant',
      model: this.#context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...toMessagesUsage(this.#inputUsage()), output_tokens: 0 },
    };
    return frame({ type: 'message_start', message });
  }

  #inputUsage(): Partial<Usage> {
    const { inputFresh, cacheRead, cacheWrite } = this.#usage;
    if (inputFresh || cacheRead || cacheWrite) return this.#usage;
    return { inputFresh: estimateTokens(this.#context.request) };
  }

  #write(event: IrEvent): string {
    switch (event.type) {
      case 'block-start':
        this.#block = event.block;
        this.#written = false;
        this.#blank = '';
        if (event.block.kind === 'search') return this.#search(event.block);
        return event.block.kind === 'tool'
          ? this.#start({ type: 'tool_use', id: event.block.id, name: event.block.name, input: {} })
          : '';
      case 'delta':
        return event.text === '' ? '' : this.#delta(event.text);
      case 'citation':
        return this.#written ? this.#change({ type: 'citations_delta', citation: writeCitation(event.citation) }) : '';
      case 'signature':
        return this.#signature(event.signature, event.redacted === true);
      case 'block-stop':
        return this.#written ? this.#stop() : '';
      case 'finish':
        this.#finish = event;
        return '';
      case 'end':
        return this.#end();
      default:
        return '';
    }
  }

  #start(content: JsonObject): string {
    this.#written = true;
    this.#index += 1;
    return frame({ type: 'content_block_start', index: this.#index, content_block: content });
  }

  #stop(): string {
    return frame({ type: 'content_block_stop', index: this.#index });
  }

  /** Both blocks are whole at their starts; that of the result stays open until the search stops. */
  #search(search: SearchBlock): string {
    const [call, result] = writeSearch(search, this.#context.newId(ownSearchPrefix));
    return this.#start(call) + this.#stop() + this.#start(result);
  }

  #change(delta: JsonObject): string {
    return frame({ type: 'content_block_delta', index: this.#index, delta });
  }

  #delta(text: string): string {
    switch (this.#block?.kind) {
      case 'tool':
        return this.#change({
          type: 'input_json_delta',
          partial_json: this.#block.variant === 'custom' ? JSON.stringify({ input: text }) : text,
        });
      case 'thinking':
        return (
          (this.#written ? '' : this.#start({ type: 'thinking', thinking: '', signature: '' })) +
          this.#change({ type: 'thinking_delta', thinking: text })
        );
      case 'text':
      case 'refusal':
        return this.#text(text);
      default:
        return '';
    }
  }

  #text(text: string): string {
    if (this.#written) return this.#change({ type: 'text_delta', text });
    this.#blank += text;
    if (this.#blank.trim() === '') return '';
    return this.#start({ type: 'text', text: '' }) + this.#change({ type: 'text_delta', text: this.#blank });
  }

  #signature(signature: ReasoningSignature, redacted: boolean): string {
    if (this.#block?.kind !== 'thinking' || signature.issuer !== 'anthropic') return '';
    if (redacted) return this.#written ? '' : this.#start({ type: 'redacted_thinking', data: signature.value });
    return (
      (this.#written ? '' : this.#start({ type: 'thinking', thinking: '', signature: '' })) +
      this.#change({ type: 'signature_delta', signature: signature.value })
    );
  }

  #end(): string {
    const delta = { stop_reason: stopReasons[this.#finish.reason], stop_sequence: this.#finish.stopSequence ?? null };
    return (
      frame({ type: 'message_delta', delta, usage: toMessagesUsage(this.#usage) }) + frame({ type: 'message_stop' })
    );
  }
}

export function encodeMessagesResponse(events: readonly IrEvent[], context: EncodeResponseContext): JsonObject {
  const response = collectResponse(events);
  return {
    id: context.newId('msg_'),
    type: 'message',
    role: 'assistant',
    model: context.model,
    content: response.blocks.flatMap((block) => writeBlock(block, context)),
    stop_reason: stopReasons[response.finish],
    stop_sequence: response.stopSequence ?? null,
    usage: toMessagesUsage(response.usage),
  };
}

function writeBlock(
  { block, text, signature, redacted, citations }: ResponseBlock,
  { newId }: EncodeResponseContext,
): readonly JsonObject[] {
  if (block.kind === 'search') return writeSearch(block, newId(ownSearchPrefix));
  if (block.kind === 'tool') {
    const input = block.variant === 'custom' ? { input: text } : argumentsOf(text);
    return [{ type: 'tool_use', id: block.id, name: block.name, input }];
  }
  if (block.kind === 'thinking') {
    const own = signature?.issuer === 'anthropic' ? signature.value : '';
    if (redacted && own !== '') return [{ type: 'redacted_thinking', data: own }];
    return text === '' && own === '' ? [] : [{ type: 'thinking', thinking: text, signature: own }];
  }
  if (text.trim() === '') return [];
  return citations === undefined ? [{ type: 'text', text }] : citedTexts(text, citations);
}
