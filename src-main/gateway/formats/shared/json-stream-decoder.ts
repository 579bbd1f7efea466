// What the decoders of all formats share: frames hold JSON objects, a response starts once, and completes or fails once.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent } from '../../model/events.ts';
import { parseExact, textOf } from '../../model/json.ts';
import type { DecodeResponseContext, SseFrame, StreamDecoder } from '../format.ts';
import { Blocks } from './blocks.ts';
import { cutShort, type ErrorEvent, notJson } from './stream-errors.ts';

export abstract class JsonStreamDecoder implements StreamDecoder {
  protected readonly context: DecodeResponseContext;
  protected readonly blocks = new Blocks();
  readonly #callIds = new Set<string>();
  #started = false;
  #over = false;

  constructor(context: DecodeResponseContext) {
    this.context = context;
  }

  push({ data }: SseFrame): readonly IrEvent[] {
    const out: IrEvent[] = [];
    const text = data.trim();
    if (this.#over || text === '') return out;
    if (text === '[DONE]') {
      this.doneMark(out);
      return out;
    }
    const json = this.parse(text);
    if (isObject(json)) this.event(json, out);
    else this.fail(notJson(data), out);
    return out;
  }

  end(): readonly IrEvent[] {
    const out: IrEvent[] = [];
    if (!this.#over) this.closed(out);
    return out;
  }

  /** Whether the response is complete or has failed; nothing may follow. */
  protected get isOver(): boolean {
    return this.#over;
  }

  protected get hasStarted(): boolean {
    return this.#started;
  }

  protected abstract event(json: JsonObject, out: IrEvent[]): void;

  protected parse(data: string): unknown {
    return parseExact(data);
  }

  /** `[DONE]` ends the response in one format; the others say so in events of their own. */
  protected doneMark(_out: IrEvent[]): void {}

  /** The stream ended while the response was neither complete nor failed. */
  protected closed(out: IrEvent[]): void {
    this.fail(cutShort(this.#started), out);
  }

  /** Starts the response unless it has started. What the upstream does not name (any other value) is named here. */
  protected start(id: unknown, idPrefix: string, model: unknown, out: IrEvent[]): void {
    if (this.#started) return;
    this.#started = true;
    out.push({
      type: 'start',
      id: textOf(id) || this.context.newId(idPrefix),
      model: textOf(model) || this.context.model,
    });
  }

  /** The id of a call; a new one when the upstream gives none, or that of another call of the same response. */
  protected callId(given: string, prefix: string): string {
    const id = given === '' || this.#callIds.has(given) ? this.context.newId(prefix) : given;
    this.#callIds.add(id);
    return id;
  }

  /** The reason of an upstream that says `stop` although it called tools. */
  protected orTool(reason: FinishReason): FinishReason {
    return reason === 'stop' && this.blocks.hasTool ? 'tool' : reason;
  }

  protected complete(finish: { readonly reason: FinishReason; readonly stopSequence?: string }, out: IrEvent[]): void {
    this.#over = true;
    this.blocks.closeAll(out);
    out.push({ type: 'finish', ...finish }, { type: 'end' });
  }

  protected fail(error: ErrorEvent, out: IrEvent[]): void {
    this.#over = true;
    out.push(error);
  }
}
