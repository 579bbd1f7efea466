// Events as Gemini chunks, or folded to one response.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { FinishReason, IrEvent, SearchBlock, Usage } from '../../model/events.ts';
import { argumentsOf, defined } from '../../model/json.ts';
import { reasoningToken } from '../../model/reasoning/reasoning-token.ts';
import type { ThinkingPart } from '../../model/request.ts';
import { collectResponse, joinSignatures, type ResponseBlock } from '../../model/response.ts';
import { BlockSerializer } from '../../model/serialize-blocks.ts';
import { sseFrame } from '../../model/sse.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { EncodeResponseContext, StreamEncoder } from '../format.ts';
import { type CitedText, writeGrounding } from './candidate/grounding.ts';
import { writeLogProbabilities } from './candidate/log-probabilities.ts';
import { geminiErrorFrame } from './errors.ts';
import { writeMedia } from './modalities.ts';
import { toGeminiUsage } from './usage.ts';

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  'stop-sequence': 'STOP',
  length: 'MAX_TOKENS',
  tool: 'STOP',
  filter: 'SAFETY',
  pause: 'STOP',
};

const signature = ({ signature }: Pick<ResponseBlock, 'signature'>): JsonObject =>
  signature?.issuer === 'google' ? { thoughtSignature: signature.value } : {};

/** Gives each call the reasoning before it, which clients bring back in the place of Google's signature. */
class TokenWriter {
  #thinking: ThinkingPart[] = [];

  /** The parts of a block that is over; `written` is what of its text has gone out before. */
  partsOf(response: ResponseBlock, written = ''): readonly JsonObject[] {
    const { block, text, signature, redacted } = response;
    const parts = writePart({ ...response, text: text.slice(written.length) });
    if (block.kind === 'thinking')
      this.#thinking.push(defined({ kind: 'thinking' as const, text, signature, redacted }));
    if (block.kind !== 'tool' || signature?.issuer === 'google') return parts;
    const thoughtSignature = reasoningToken({ id: block.id, thinking: this.#thinking });
    this.#thinking = [];
    return parts.map((part) => ({ ...part, thoughtSignature }));
  }
}

function writePart(response: ResponseBlock): readonly JsonObject[] {
  const { block, text } = response;
  if (block.kind === 'image' || block.kind === 'audio') return [{ ...writeMedia(block), ...signature(response) }];
  if (block.kind === 'tool') {
    const args = block.variant === 'custom' ? { input: text } : argumentsOf(text);
    return [{ functionCall: { id: block.id, name: block.name, args }, ...signature(response) }];
  }
  const own = signature(response);
  if (text === '' && Object.keys(own).length === 0) return [];
  return [{ text, ...(block.kind === 'thinking' ? { thought: true } : {}), ...own }];
}

export class GeminiStreamEncoder implements StreamEncoder {
  readonly #context: EncodeResponseContext;
  readonly #serializer = new BlockSerializer();
  readonly #id: string;
  /** Calls and images are written whole; texts only wait for their signature. */
  readonly #blocks = new Map<number, ResponseBlock>();
  readonly #tokens = new TokenWriter();
  readonly #citations = new Map<number, readonly Citation[]>();
  readonly #cited: CitedText[] = [];
  readonly #searches: SearchBlock[] = [];
  #usage: Partial<Usage> = {};
  #finish: FinishReason = 'stop';

  constructor(context: EncodeResponseContext) {
    this.#context = context;
    this.#id = context.newId('gemini-');
  }

  encode(event: IrEvent): string {
    return this.#serializer.writeDue(event, (due) => this.#write(due));
  }

  #write(event: IrEvent): string {
    switch (event.type) {
      case 'block-start':
        if (event.block.kind === 'search') this.#searches.push(event.block);
        this.#blocks.set(event.index, { block: event.block, text: '' });
        return '';
      case 'delta': {
        const known = this.#blocks.get(event.index);
        if (!known) return '';
        this.#blocks.set(event.index, { ...known, text: known.text + event.text });
        if (known.block.kind === 'tool') return '';
        const likely = writeLogProbabilities(event.logProbabilities ?? []);
        const parts = writePart({ block: known.block, text: event.text });
        return this.#chunk(parts.length === 0 && event.logProbabilities ? [{ text: '' }] : parts, likely);
      }
      case 'citation':
        this.#citations.set(event.index, [...(this.#citations.get(event.index) ?? []), event.citation]);
        return '';
      case 'signature': {
        const known = this.#blocks.get(event.index);
        if (known)
          this.#blocks.set(event.index, {
            ...known,
            signature: joinSignatures(known.signature, event.signature),
            ...(event.redacted ? { redacted: true } : {}),
          });
        return '';
      }
      case 'block-stop': {
        const known = this.#blocks.get(event.index);
        this.#blocks.delete(event.index);
        if (known === undefined) return '';
        if (known.block.kind === 'text')
          this.#cited.push({ text: known.text, citations: this.#citations.get(event.index) ?? [] });
        return this.#chunk(this.#tokens.partsOf(known, known.block.kind === 'tool' ? '' : known.text));
      }
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return '';
      case 'finish':
        this.#finish = event.reason;
        return '';
      case 'end':
        return this.#chunk([{ text: '' }], {
          finishReason: finishReasons[this.#finish],
          ...writeGrounding(this.#cited, this.#searches),
        });
      case 'error':
        return geminiErrorFrame(event.error);
      case 'start':
        return '';
    }
  }

  #chunk(parts: readonly JsonObject[], end: JsonObject = {}): string {
    if (parts.length === 0) return '';
    return sseFrame(
      defined({
        candidates: [{ content: { role: 'model', parts }, ...end, index: 0 }],
        usageMetadata: Object.keys(this.#usage).length > 0 ? toGeminiUsage(this.#usage) : undefined,
        modelVersion: this.#context.model,
        responseId: this.#id,
      }),
    );
  }
}

export function encodeGeminiResponse(events: readonly IrEvent[], context: EncodeResponseContext): JsonObject {
  const response = collectResponse(events);
  const tokens = new TokenWriter();
  const cited: CitedText[] = [];
  const parts: JsonObject[] = [];
  for (const block of response.blocks) {
    const { text, citations = [] } = block;
    if (block.block.kind === 'text') cited.push({ text, citations, partIndex: parts.length });
    parts.push(...tokens.partsOf(block));
  }
  return defined({
    candidates: [
      {
        content: { role: 'model', parts },
        finishReason: finishReasons[response.finish],
        ...writeLogProbabilities(response.blocks.flatMap(({ logProbabilities = [] }) => logProbabilities)),
        ...writeGrounding(
          cited,
          response.blocks.flatMap(({ block }) => (block.kind === 'search' ? [block] : [])),
        ),
        index: 0,
      },
    ],
    usageMetadata: Object.keys(response.usage).length > 0 ? toGeminiUsage(response.usage) : undefined,
    modelVersion: context.model,
    responseId: context.newId('gemini-'),
  });
}
