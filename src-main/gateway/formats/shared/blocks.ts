// Numbers and order of the blocks of a response while it is being decoded.

import type { Block, IrEvent } from '../../model/events.ts';
import { charactersIn } from '../../model/text/characters.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';

/** Opens and closes blocks; one "running" block (text, thinking, refusal) is closed when another kind begins. */
export class Blocks {
  #next = 0;
  #running: { readonly index: number; readonly kind: Block['kind'] } | undefined;
  readonly #open = new Set<number>();
  #hasTool = false;
  /** Characters of the text of the whole response, and of them those before the running block. */
  #characters = 0;
  #before = 0;

  /** Opens a block that stays open until it is closed by number. */
  open(block: Block, out: IrEvent[]): number {
    const index = this.#next++;
    this.#open.add(index);
    this.#hasTool ||= block.kind === 'tool';
    out.push({ type: 'block-start', index, block });
    return index;
  }

  /** A block that is over at once. */
  whole(block: Block, out: IrEvent[]): void {
    this.closeRunning(out);
    this.close(this.open(block, out), out);
  }

  close(index: number, out: IrEvent[]): void {
    if (!this.#open.delete(index)) return;
    if (this.#running?.index === index) this.#running = undefined;
    out.push({ type: 'block-stop', index });
  }

  /** Text of a running block of this kind, which is opened when needed. */
  text(
    kind: 'text' | 'thinking' | 'refusal',
    text: string,
    out: IrEvent[],
    logProbabilities?: readonly LogProbability[],
  ): number {
    const index = this.running(kind, out);
    if (text !== '' || logProbabilities)
      out.push({ type: 'delta', index, text, ...(logProbabilities === undefined ? {} : { logProbabilities }) });
    if (kind === 'text') this.#characters += charactersIn(text);
    return index;
  }

  /** A citation of the running text; without one there is nothing that it speaks of. */
  cite(citation: Citation | undefined, out: IrEvent[]): void {
    if (citation !== undefined && this.#running?.kind === 'text')
      out.push({ type: 'citation', index: this.#running.index, citation });
  }

  /** Characters of the response's text: all so far, and those before the running block. */
  get characters(): { readonly all: number; readonly before: number } {
    return { all: this.#characters, before: this.#before };
  }

  running(kind: 'text' | 'thinking' | 'refusal', out: IrEvent[]): number {
    if (this.#running?.kind === kind) return this.#running.index;
    this.closeRunning(out);
    if (kind === 'text') this.#before = this.#characters;
    this.#running = { index: this.open({ kind }, out), kind };
    return this.#running.index;
  }

  /** Whether a text is running. */
  get isText(): boolean {
    return this.#running?.kind === 'text';
  }

  get current(): number | undefined {
    return this.#running?.index;
  }

  closeRunning(out: IrEvent[]): void {
    if (this.#running) this.close(this.#running.index, out);
  }

  closeAll(out: IrEvent[]): void {
    for (const index of [...this.#open]) this.close(index, out);
  }

  /** Whether any block so far is a call of a tool. */
  get hasTool(): boolean {
    return this.#hasTool;
  }
}
