// Numbers and order of the blocks of a response while it is being decoded.
import type { Block, IrEvent } from '../../model/events.ts';

/** Opens and closes blocks; one "running" block (text, thinking, refusal) is closed when another kind begins. */
export class Blocks {
  #next = 0;
  #running: { readonly index: number; readonly kind: Block['kind'] } | undefined;
  readonly #open = new Set<number>();
  #hasTool = false;

  /** Opens a block that stays open until it is closed by number. */
  open(block: Block, out: IrEvent[]): number {
    const index = this.#next++;
    this.#open.add(index);
    this.#hasTool ||= block.kind === 'tool';
    out.push({ type: 'block-start', index, block });
    return index;
  }

  close(index: number, out: IrEvent[]): void {
    if (!this.#open.delete(index)) return;
    if (this.#running?.index === index) this.#running = undefined;
    out.push({ type: 'block-stop', index });
  }

  /** Text of a running block of this kind, which is opened when needed. */
  text(kind: 'text' | 'thinking' | 'refusal', text: string, out: IrEvent[]): number {
    const index = this.running(kind, out);
    if (text !== '') out.push({ type: 'delta', index, text });
    return index;
  }

  running(kind: 'text' | 'thinking' | 'refusal', out: IrEvent[]): number {
    if (this.#running?.kind === kind) return this.#running.index;
    this.closeRunning(out);
    this.#running = { index: this.open({ kind }, out), kind };
    return this.#running.index;
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
