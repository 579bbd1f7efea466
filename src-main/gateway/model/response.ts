// What a list of events adds up to.

import type { Block, FinishReason, IrEvent, Usage } from './events.ts';
import type { ReasoningSignature } from './request.ts';
import type { Citation } from './text/citation.ts';
import type { LogProbability } from './text/log-probability.ts';

export interface ResponseBlock {
  readonly block: Block;
  readonly text: string;
  readonly signature?: ReasoningSignature;
  readonly redacted?: boolean;
  readonly logProbabilities?: readonly LogProbability[];
  readonly citations?: readonly Citation[];
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
  const blocks: OpenBlock[] = [];
  for (const event of events) {
    if (event.type === 'start') head = { id: event.id, model: event.model };
    else if (event.type === 'block-start')
      blocks[event.index] = { block: event.block, texts: [], logProbabilities: [], citations: [] };
    else if (event.type === 'usage') usage = { ...usage, ...event.usage };
    else if (event.type === 'finish') {
      const { reason, stopSequence } = event;
      finish = { finish: reason, ...(stopSequence === undefined ? {} : { stopSequence }) };
    } else if ('index' in event) addTo(blocks[event.index], event);
  }
  return { ...head, usage, ...finish, blocks: blocks.map(collected) };
}

interface OpenBlock {
  readonly block: Block;
  readonly texts: string[];
  readonly logProbabilities: LogProbability[];
  readonly citations: Citation[];
  signature?: ReasoningSignature;
  redacted?: boolean;
}

function addTo(block: OpenBlock | undefined, event: IrEvent): void {
  if (event.type === 'delta') {
    block?.texts.push(event.text);
    for (const one of event.logProbabilities ?? []) block?.logProbabilities.push(one);
  } else if (event.type === 'citation') block?.citations.push(event.citation);
  else if (event.type === 'signature' && block) {
    block.signature = joinSignatures(block.signature, event.signature);
    if (event.redacted) block.redacted = true;
  }
}

const collected = ({ texts, logProbabilities, citations, ...rest }: OpenBlock): ResponseBlock => ({
  ...rest,
  text: texts.join(''),
  ...(logProbabilities.length === 0 ? {} : { logProbabilities }),
  ...(citations.length === 0 ? {} : { citations }),
});

/** A signature may come in pieces, which belong together. */
export const joinSignatures = (before: ReasoningSignature | undefined, next: ReasoningSignature): ReasoningSignature =>
  before ? { ...before, ...next, value: before.value + next.value } : next;
