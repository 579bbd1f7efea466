// Answers of a chat-completions upstream, streamed or whole, as events.
import type { FinishReason, IrEvent } from '../../ir/events.ts';
import {
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  parseJson,
  stringOf,
  textOf,
} from '../../ir/json.ts';
import type { DecodeResponseContext, SseFrame, StreamDecoder } from '../format.ts';
import { Blocks } from '../shared/blocks.ts';
import { sourceFromUrl } from '../shared/sources.ts';
import { cutShort, type ErrorEvent, noAnswer, notJson, toldFault } from '../shared/stream-faults.ts';
import { chatUsage } from '../shared/usage.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool',
  function_call: 'tool',
  content_filter: 'filter',
};

interface Call {
  /** Undefined until the name is known. */
  block: number | undefined;
  id: string | undefined;
  held: string;
}

export class ChatStreamDecoder implements StreamDecoder {
  readonly #context: DecodeResponseContext;
  readonly #blocks = new Blocks();
  readonly #calls = new Map<number, Call>();
  #started = false;
  #sawTool = false;
  #finish: FinishReason | undefined;
  #over = false;

  constructor(context: DecodeResponseContext) {
    this.#context = context;
  }

  push({ data }: SseFrame): readonly IrEvent[] {
    if (this.#over || data.trim() === '') return [];
    if (data.trim() === '[DONE]') return this.#done();
    const chunk = parseJson(data);
    const out: IrEvent[] = [];
    if (!isObject(chunk)) this.#fail(notJson(data), out);
    else if (chunk.error !== undefined && chunk.error !== null) this.#fail(toldFault(chunk), out);
    else this.chunk(chunk, 'delta', out);
    return out;
  }

  /** The chunk of a stream (`delta`) or a whole answer (`message`). */
  chunk(chunk: JsonObject, field: 'delta' | 'message', out: IrEvent[]): void {
    if (!this.#started) {
      this.#started = true;
      out.push({
        type: 'start',
        id: textOf(chunk.id) || this.#context.newId('chatcmpl-'),
        model: textOf(chunk.model) || this.#context.model,
      });
    }
    const choice = objectsOf(chunk.choices).find((one) => (numberOf(one.index) ?? 0) === 0);
    if (choice) {
      this.#delta(objectOf(choice[field]), out);
      this.#noteFinish(choice, out);
    }
    const usage = chatUsage(chunk.usage) ?? (choice && chatUsage(choice.usage));
    if (usage && !this.#over) out.push({ type: 'usage', usage });
  }

  #noteFinish(choice: JsonObject, out: IrEvent[]): void {
    const reason = choice.finish_reason;
    if (typeof reason !== 'string' || reason === '') return;
    if (reason === 'error') this.#fail(toldFault(objectOf(choice.error)), out);
    else this.#finish = reasons[reason] ?? 'stop';
  }

  #delta(delta: JsonObject, out: IrEvent[]): void {
    const reasoning = reasoningText(delta);
    if (reasoning !== '') this.#blocks.text('thinking', reasoning, out);
    const content = contentText(delta.content);
    if (content !== '') this.#blocks.text('text', content, out);
    const refusal = textOf(delta.refusal);
    if (refusal !== '') this.#blocks.text('refusal', refusal, out);
    for (const image of objectsOf(delta.images)) this.#image(textOf(objectOf(image.image_url).url), out);
    for (const [position, call] of objectsOf(delta.tool_calls).entries()) this.#call(call, position, out);
    if (isObject(delta.function_call)) this.#call({ index: 0, function: delta.function_call }, 0, out);
  }

  #image(url: string, out: IrEvent[]): void {
    const source = sourceFromUrl(url);
    if (source.kind !== 'base64') return;
    this.#blocks.closeRunning(out);
    this.#blocks.close(this.#blocks.open({ kind: 'image', mime: source.mime, data: source.data }, out), out);
  }

  #call(fragment: JsonObject, position: number, out: IrEvent[]): void {
    const inner = objectOf(fragment.function ?? fragment.custom);
    const name = textOf(inner.name);
    const id = stringOf(fragment.id) || undefined;
    const key = numberOf(fragment.index) ?? position;
    let call = this.#calls.get(key);
    // Some servers give every parallel call the index 0; a new id together with a name is a new call.
    if (!call || (id !== undefined && name !== '' && call.id !== undefined && call.id !== id)) {
      call = { block: undefined, id, held: '' };
      this.#calls.set(key, call);
    }
    call.id ??= id;
    if (call.block === undefined && name !== '') {
      this.#blocks.closeRunning(out);
      this.#sawTool = true;
      call.id ??= this.#context.newId('call_');
      call.block = this.#blocks.open(
        { kind: 'tool', id: call.id, name, variant: fragment.custom ? 'custom' : 'function' },
        out,
      );
    }
    const args = inner.arguments ?? inner.input;
    call.held += isObject(args) ? JSON.stringify(args) : textOf(args);
    if (call.block === undefined || call.held === '') return;
    out.push({ type: 'delta', index: call.block, text: call.held });
    call.held = '';
  }

  end(): readonly IrEvent[] {
    if (this.#over) return [];
    if (this.#finish) return this.#done();
    const out: IrEvent[] = [];
    this.#fail(cutShort(this.#started), out);
    return out;
  }

  #done(): readonly IrEvent[] {
    const out: IrEvent[] = [];
    if (!this.#started) {
      this.#fail(cutShort(false), out);
      return out;
    }
    this.#blocks.closeAll(out);
    const reason = this.#finish ?? 'stop';
    out.push({ type: 'finish', reason: this.#sawTool && reason === 'stop' ? 'tool' : reason }, { type: 'end' });
    this.#over = true;
    return out;
  }

  #fail(error: ErrorEvent, out: IrEvent[]): void {
    this.#over = true;
    out.push(error);
  }
}

function reasoningText(delta: JsonObject): string {
  const plain = textOf(delta.reasoning_content) || textOf(delta.reasoning);
  if (plain !== '') return plain;
  return objectsOf(delta.reasoning_details)
    .map((detail) => textOf(detail.text) || textOf(detail.summary))
    .join('');
}

const contentText = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : objectsOf(content)
        .map((part) => textOf(part.text))
        .join('');

/** A whole answer. */
export function decodeChatResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  if (!isObject(json) || objectsOf(json.choices).length === 0) return [noAnswer(json, 'chat completion')];
  const decoder = new ChatStreamDecoder(context);
  const out: IrEvent[] = [];
  decoder.chunk(json, 'message', out);
  return [...out, ...decoder.push({ data: '[DONE]' })];
}
