// What is done to every translated response on its way: the client's own tool names, complete arguments, remembered state.
import type { Block, IrEvent } from './events.ts';
import { defined } from './json.ts';
import type { SignatureCache } from './reasoning/signature-cache.ts';
import type { ReasoningSignature, ThinkingPart } from './request.ts';
import type { ToolNames } from './tool-names.ts';

type ToolBlock = Extract<Block, { kind: 'tool' }>;

/** Gives tools the client's names back, and calls without arguments the empty object every client can parse. */
export class ToolRestorer {
  readonly #names: ToolNames;
  readonly #silent = new Set<number>();

  constructor(names: ToolNames) {
    this.#names = names;
  }

  push(event: IrEvent): readonly IrEvent[] {
    if (event.type === 'block-start' && event.block.kind === 'tool') {
      if (event.block.variant !== 'custom') this.#silent.add(event.index);
      const tool = this.#names.incoming(event.block.name);
      if (tool === undefined) return [event];
      const { kind, ...named } = tool;
      return [{ ...event, block: { ...event.block, ...named, ...(kind === undefined ? {} : { variant: kind }) } }];
    }
    if (event.type === 'delta' && event.text !== '') this.#silent.delete(event.index);
    if (event.type === 'block-stop' && this.#silent.delete(event.index))
      return [{ type: 'delta', index: event.index, text: '{}' }, event];
    return [event];
  }
}

/** Notes the reasoning before each tool call, so that the next turn can bring it back. */
export class SignatureRecorder {
  readonly #state: SignatureCache;
  readonly #thinking: ThinkingPart[] = [];
  readonly #open = new Map<
    number,
    { text: string; signature?: ReasoningSignature; redacted?: boolean; tool?: ToolBlock }
  >();

  constructor(state: SignatureCache) {
    this.#state = state;
  }

  note(event: IrEvent): void {
    if (event.type === 'block-start' && (event.block.kind === 'thinking' || event.block.kind === 'tool'))
      this.#open.set(event.index, { text: '', ...(event.block.kind === 'tool' ? { tool: event.block } : {}) });
    if (event.type !== 'delta' && event.type !== 'signature' && event.type !== 'block-stop') return;
    const block = this.#open.get(event.index);
    if (!block) return;
    if (event.type === 'delta' && !block.tool) block.text += event.text;
    else if (event.type === 'signature') {
      block.signature = block.signature
        ? { ...event.signature, value: block.signature.value + event.signature.value }
        : event.signature;
      if (event.redacted) block.redacted = true;
    } else if (event.type === 'block-stop') this.#close(event.index, block);
  }

  #close(
    index: number,
    {
      tool,
      text,
      signature,
      redacted,
    }: { text: string; signature?: ReasoningSignature; redacted?: boolean; tool?: ToolBlock },
  ): void {
    this.#open.delete(index);
    // Some services want back what they do not sign.
    if (!tool && (signature || text !== ''))
      this.#thinking.push(defined({ kind: 'thinking' as const, text, signature, redacted }));
    if (tool && (signature || this.#thinking.length > 0))
      this.#state.set(tool.id, { thinking: [...this.#thinking], ...(signature ? { call: signature } : {}) });
  }
}
