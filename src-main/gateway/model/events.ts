// A response of a model as a list of events, in no vendor's words.

import type { ReasoningSignature, ToolVariant } from './request.ts';
import type { Citation } from './text/citation.ts';
import type { LogProbability } from './text/log-probability.ts';

/** Token counts that do not overlap, but for `reasoning`, which is a part of `output`. */
export interface Usage {
  /** Input that was neither read from nor written to a prompt cache. */
  readonly inputFresh: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  /** Of sound that is paid for by its length. */
  readonly seconds?: number;
}

/** Why the model stopped. `tool`: it waits for tool results; `pause`: the service wants to be asked again. */
export type FinishReason = 'stop' | 'stop-sequence' | 'length' | 'tool' | 'filter' | 'pause';

export type Block =
  | { readonly kind: 'text' | 'refusal' | 'thinking' }
  | {
      readonly kind: 'tool';
      readonly id: string;
      readonly name: string;
      readonly namespace?: string;
      readonly variant: ToolVariant;
    }
  | MediaBlock
  | SearchBlock;

/** Sound comes in pieces, each in a block of its own. `data`: Base64. */
export interface MediaBlock {
  readonly kind: 'image' | 'audio';
  readonly mime: string;
  readonly data: string;
}

/** A search of the web that the service itself made, told when it is over. */
export interface SearchBlock {
  readonly kind: 'search';
  readonly query: string;
  /** What it found, as far as the service tells. */
  readonly pages: readonly { readonly url: string; readonly title?: string }[];
}

/** What went wrong upstream or here, before it is written in a client's format. */
export interface UpstreamError {
  /** The HTTP status that fits, also for errors inside a stream. */
  readonly status: number;
  readonly message: string;
  /** The upstream's word for it, if it gave one. */
  readonly code?: string;
  /** The member of the request that is at fault. */
  readonly param?: string;
  /** Seconds after which a new attempt makes sense. */
  readonly retryAfter?: number;
}

/**
 * EventOrder: `start` first; block indexes dense from 0 in order of their starts; blocks may overlap; deltas, citations
 * and signatures only for open blocks; all blocks stopped before `finish`; `usage` anywhere after `start`, the last value of each
 * field wins; `end` only after `finish`; exactly one of `end` and `error` last.
 */
export type IrEvent =
  | { readonly type: 'start'; readonly id: string; readonly model: string }
  | { readonly type: 'block-start'; readonly index: number; readonly block: Block }
  | {
      readonly type: 'delta';
      readonly index: number;
      readonly text: string;
      /** Of the tokens of the text. */
      readonly logProbabilities?: readonly LogProbability[];
    }
  /** Of a text. */
  | { readonly type: 'citation'; readonly index: number; readonly citation: Citation }
  | {
      readonly type: 'signature';
      readonly index: number;
      readonly signature: ReasoningSignature;
      readonly redacted?: boolean;
    }
  | { readonly type: 'block-stop'; readonly index: number }
  | { readonly type: 'usage'; readonly usage: Partial<Usage> }
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly stopSequence?: string }
  | { readonly type: 'error'; readonly error: UpstreamError }
  | { readonly type: 'end' };

/** Whether the response has really begun, so that it can no longer be given to another upstream. */
export const isMeaningful = (event: IrEvent): boolean =>
  event.type === 'delta'
    ? event.text !== ''
    : event.type === 'finish' ||
      (event.type === 'block-start' && event.block.kind !== 'text' && event.block.kind !== 'thinking');
