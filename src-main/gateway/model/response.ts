// A JSON response: what a list of events adds up to, and the list such a response unfolds to.
import type { Block, FinishReason, IrEvent, Usage } from './events.ts';
import type { ReasoningSignature } from './request.ts';

export interface ResponseBlock {
  readonly block: Block;
  readonly text: string;
  readonly signature?: ReasoningSignature;
  readonly redacted?: boolean;
}

export interface ModelResponse {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly ResponseBlock[];
  readonly usage: Partial<Usage>;
  readonly finish: FinishReason;
  readonly stopSequence?: string;
}

export const noUsage: Usage = { inputFresh: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** Adds up a legal list of events. */
export function collectResponse(events: readonly IrEvent[]): ModelResponse {
  let head = { id: '', model: '' };
  let usage: Partial<Usage> = {};
  let finish: { finish: FinishReason; stopSequence?: string } = { finish: 'stop' };
  const blocks: { block: Block; texts: string[]; signature?: ReasoningSignature; redacted?: boolean }[] = [];
  for (const event of events) {
    if (event.type === 'start') head = { id: event.id, model: event.model };
    else if (event.type === 'block-start') blocks[event.index] = { block: event.block, texts: [] };
    else if (event.type === 'delta') blocks[event.index]?.texts.push(event.text);
    else if (event.type === 'signature') {
      const block = blocks[event.index];
      if (block)
        Object.assign(block, {
          signature: joinSignatures(block.signature, event.signature),
          ...(event.redacted ? { redacted: true } : {}),
        });
    } else if (event.type === 'usage') usage = { ...usage, ...event.usage };
    else if (event.type === 'finish')
      finish = {
        finish: event.reason,
        ...(event.stopSequence === undefined ? {} : { stopSequence: event.stopSequence }),
      };
  }
  return { ...head, usage, ...finish, blocks: blocks.map(({ texts, ...rest }) => ({ ...rest, text: texts.join('') })) };
}

/** A signature may come in pieces, which belong together. */
export const joinSignatures = (before: ReasoningSignature | undefined, next: ReasoningSignature): ReasoningSignature =>
  before ? { ...before, ...next, value: before.value + next.value } : next;

/** The events of a JSON response, one delta per block. */
export function eventsOf(response: ModelResponse): readonly IrEvent[] {
  const events: IrEvent[] = [{ type: 'start', id: response.id, model: response.model }];
  for (const [index, { block, text, signature, redacted }] of response.blocks.entries()) {
    events.push({ type: 'block-start', index, block });
    if (text !== '') events.push({ type: 'delta', index, text });
    if (signature) events.push({ type: 'signature', index, signature, ...(redacted ? { redacted } : {}) });
    events.push({ type: 'block-stop', index });
  }
  if (Object.keys(response.usage).length > 0) events.push({ type: 'usage', usage: response.usage });
  events.push({
    type: 'finish',
    reason: response.finish,
    ...(response.stopSequence === undefined ? {} : { stopSequence: response.stopSequence }),
  });
  events.push({ type: 'end' });
  return events;
}
