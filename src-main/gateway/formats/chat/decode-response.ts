// Responses of a chat-completions upstream, streamed or as JSON, as events.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent } from '../../model/events.ts';
import { defined, numberOf, objectOf, objectsOf, parseExact, stringOf, stringsOf, textOf } from '../../model/json.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { DecodeResponseContext } from '../format.ts';
import { JsonStreamDecoder } from '../shared/json-stream-decoder.ts';
import { readAnnotation } from '../shared/openai/annotations.ts';
import { readLogProbabilities } from '../shared/openai/log-probabilities.ts';
import { sourceFromUrl } from '../shared/sources.ts';
import { notAResponse, reportedError } from '../shared/stream-errors.ts';
import { chatUsage } from '../shared/usage.ts';
import { readAudio } from './audio.ts';
import { callSignature } from './extra-content.ts';

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
  /** Whether the server gave the id. */
  ownId: boolean;
  held: string;
  /** All arguments so far. */
  args: string;
}

export class ChatStreamDecoder extends JsonStreamDecoder {
  readonly #calls = new Map<number, Call>();
  #finish: FinishReason | undefined;
  #sources: readonly Citation[] = [];

  protected event(json: JsonObject, out: IrEvent[]): void {
    if (json.error !== undefined && json.error !== null) this.fail(reportedError(json), out);
    else this.chunk(json, 'delta', out);
  }

  /** The chunk of a stream (`delta`) or a JSON response (`message`). */
  chunk(chunk: JsonObject, field: 'delta' | 'message', out: IrEvent[]): void {
    this.start(chunk.id, 'chatcmpl-', chunk.model, out);
    const choice = objectsOf(chunk.choices).find((one) => (numberOf(one.index) ?? 0) === 0);
    if (choice) {
      this.#delta(objectOf(choice[field]), objectOf(choice.logprobs), out);
      this.#noteFinish(choice, out);
    }
    this.#noteSources(chunk);
    const usage = chatUsage(chunk.usage) ?? (choice && chatUsage(choice.usage));
    if (usage && !this.isOver) out.push({ type: 'usage', usage });
  }

  /** Perplexity lists what it read beside the choices. */
  #noteSources({ search_results: results, citations }: JsonObject): void {
    if (results === undefined && citations === undefined) return;
    const pages = objectsOf(results).map(({ url, title }) => defined({ url: textOf(url), title: stringOf(title) }));
    if (pages.length > 0) this.#sources = pages;
    else if (Array.isArray(citations)) this.#sources = stringsOf(citations).map((url) => ({ url }));
  }

  #noteFinish(choice: JsonObject, out: IrEvent[]): void {
    const reason = choice.finish_reason;
    if (typeof reason !== 'string' || reason === '') return;
    if (reason === 'error') this.fail(reportedError(objectOf(choice.error)), out);
    else this.#finish = reasons[reason] ?? 'stop';
  }

  #delta(delta: JsonObject, logprobs: JsonObject, out: IrEvent[]): void {
    const reasoning = reasoningText(delta);
    if (reasoning !== '') this.blocks.text('thinking', reasoning, out);
    const content = contentText(delta.content);
    const likely = readLogProbabilities(logprobs.content);
    if (content !== '' || likely) this.blocks.text('text', content, out, likely);
    const refusal = textOf(delta.refusal);
    if (refusal !== '') this.blocks.text('refusal', refusal, out, readLogProbabilities(logprobs.refusal));
    for (const annotation of objectsOf(delta.annotations))
      this.blocks.cite(readAnnotation(annotation, this.blocks.characters.before), out);
    for (const image of objectsOf(delta.images)) this.#image(textOf(objectOf(image.image_url).url), out);
    if (isObject(delta.audio)) this.#audio(delta.audio, out);
    for (const [position, call] of objectsOf(delta.tool_calls).entries()) this.#call(call, position, out);
    if (isObject(delta.function_call)) this.#call({ index: 0, function: delta.function_call }, 0, out);
  }

  #image(url: string, out: IrEvent[]): void {
    const source = sourceFromUrl(url);
    if (source.kind !== 'base64') return;
    this.blocks.whole({ kind: 'image', mime: source.mime, data: source.data }, out);
  }

  #audio(audio: JsonObject, out: IrEvent[]): void {
    const piece = readAudio(audio);
    if (piece !== undefined) this.blocks.whole(piece, out);
    const transcript = textOf(audio.transcript);
    if (transcript !== '') this.blocks.text('text', transcript, out);
  }

  #call(fragment: JsonObject, position: number, out: IrEvent[]): void {
    const inner = objectOf(fragment.function ?? fragment.custom);
    const name = textOf(inner.name);
    const id = stringOf(fragment.id) || undefined;
    const key = numberOf(fragment.index) ?? position;
    let call = this.#calls.get(key);
    const given = inner.arguments ?? inner.input;
    const args = isObject(given) ? JSON.stringify(given) : textOf(given);
    if (!call || (name !== '' && isAnother(call, id, args))) {
      call = { block: undefined, id, ownId: id !== undefined, held: '', args: '' };
      this.#calls.set(key, call);
    }
    if (id !== undefined) {
      call.id ??= id;
      call.ownId = true;
    }
    if (call.block === undefined && name !== '') {
      this.blocks.closeRunning(out);
      const callId = this.callId(call.id ?? '', 'call_');
      call.id ??= callId;
      call.block = this.blocks.open(
        { kind: 'tool', id: callId, name, variant: fragment.custom ? 'custom' : 'function' },
        out,
      );
    }
    call.held += args;
    call.args += args;
    const signature = callSignature(fragment);
    if (call.block !== undefined && signature !== undefined)
      out.push({ type: 'signature', index: call.block, signature });
    if (call.block === undefined || call.held === '') return;
    out.push({ type: 'delta', index: call.block, text: call.held });
    call.held = '';
  }

  /** Some servers end with this mark alone; without any chunk before it there is no response. */
  protected override doneMark(out: IrEvent[]): void {
    for (const source of this.#sources) this.blocks.cite(source, out);
    if (this.hasStarted) this.complete({ reason: this.orTool(this.#finish ?? 'stop') }, out);
    else super.closed(out);
  }

  protected override closed(out: IrEvent[]): void {
    if (this.#finish) this.doneMark(out);
    else super.closed(out);
  }
}

/**
 * Whether a fragment with a name begins another call under the index of this one, as some servers give every parallel
 * call the index 0: it has another id, or none of its own while the arguments of this one are complete.
 */
function isAnother(call: Call, id: string | undefined, args: string): boolean {
  if (id !== undefined && call.ownId && call.id !== undefined) return call.id !== id;
  return call.args.endsWith('}') && (args === '' || args.startsWith('{')) && isObject(parseExact(call.args));
}

function reasoningText(delta: JsonObject): string {
  const plain = textOf(delta.reasoning_content) || textOf(delta.reasoning);
  if (plain !== '') return plain;
  if (typeof delta.content === 'string' && delta.reasoning_details === undefined) return '';
  const parts = objectsOf(delta.content).filter(({ type }) => type === 'thinking');
  if (parts.length > 0) return parts.map(({ thinking }) => contentText(thinking)).join('');
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

/** A JSON response. */
export function decodeChatResponse(json: unknown, context: DecodeResponseContext): readonly IrEvent[] {
  if (!isObject(json) || objectsOf(json.choices).length === 0) return [notAResponse(json, 'chat completion')];
  const decoder = new ChatStreamDecoder(context);
  const out: IrEvent[] = [];
  decoder.chunk(json, 'message', out);
  return [...out, ...decoder.push({ data: '[DONE]' })];
}
