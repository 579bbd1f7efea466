// Events as chat-completions chunks, or folded to one chat completion.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Block, FinishReason, IrEvent, Usage } from '../../model/events.ts';
import { defined } from '../../model/json.ts';
import { collectResponse, type ResponseBlock } from '../../model/response.ts';
import { BlockSerializer, toolsMayOverlap } from '../../model/serialize-blocks.ts';
import { sseFrame } from '../../model/sse.ts';
import { charactersIn } from '../../model/text/characters.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';
import type { EncodeResponseContext, StreamEncoder } from '../format.ts';
import { writeAnnotation } from '../shared/openai/annotations.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import { writeLogProbabilities } from '../shared/openai/log-probabilities.ts';
import { toChatUsage } from '../shared/usage.ts';
import { writeAudio } from './audio.ts';

export const chatFinish: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  tool: 'tool_calls',
  filter: 'content_filter',
  pause: 'stop',
};

const textFields = { text: 'content', thinking: 'reasoning_content', refusal: 'refusal' } as const;

export class ChatStreamEncoder implements StreamEncoder {
  readonly #context: EncodeResponseContext;
  readonly #serializer = new BlockSerializer(toolsMayOverlap);
  readonly #id: string;
  readonly #blocks = new Map<number, { readonly block: Block; readonly tool: number; readonly before: number }>();
  /** Of the text so far. */
  #characters = 0;
  #tools = 0;
  #audio: string | undefined;
  #finish: FinishReason = 'stop';
  #usage: Partial<Usage> | undefined;

  constructor(context: EncodeResponseContext) {
    this.#context = context;
    this.#id = context.newId('chatcmpl-');
  }

  encode(event: IrEvent): string {
    return this.#serializer.writeDue(event, (due) => this.#write(due));
  }

  #write(event: IrEvent): string {
    switch (event.type) {
      case 'start':
        return this.#chunk({ role: 'assistant', content: '' });
      case 'block-start':
        return this.#begin(event.index, event.block);
      case 'delta':
        return this.#delta(event);
      case 'citation':
        return this.#cite(event);
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return '';
      case 'finish':
        this.#finish = event.reason;
        return '';
      case 'end':
        return `${this.#chunk({}, finishOf(this.#finish, this.#context))}${this.#usageChunk()}data: [DONE]\n\n`;
      case 'error':
        return sseFrame(openaiErrorBody(event.error));
      case 'signature':
      case 'block-stop':
        return '';
    }
  }

  #begin(index: number, block: Block): string {
    this.#blocks.set(index, { block, tool: this.#tools, before: this.#characters });
    if (block.kind === 'image')
      return this.#chunk({
        images: [{ type: 'image_url', image_url: { url: `data:${block.mime};base64,${block.data}` }, index: 0 }],
      });
    if (block.kind === 'audio') {
      this.#audio ??= this.#context.newId('audio_');
      return this.#chunk({ audio: { id: this.#audio, data: block.data } });
    }
    if (block.kind !== 'tool') return '';
    const tool = this.#tools++;
    if (this.#context.request.legacyFunctions)
      return tool === 0 ? this.#chunk({ function_call: { name: block.name, arguments: '' } }) : '';
    return this.#chunk({ tool_calls: [{ index: tool, ...call(block, '') }] });
  }

  #delta({ index, text, logProbabilities }: Extract<IrEvent, { type: 'delta' }>): string {
    const known = this.#blocks.get(index);
    if (!known) return '';
    const { kind } = known.block;
    if (kind === 'image' || kind === 'audio' || kind === 'search') return '';
    if (kind === 'text') this.#characters += charactersIn(text);
    if (kind !== 'tool')
      return this.#chunk({ [textFields[kind]]: text }, null, logProbabilities && logprobsOf(kind, logProbabilities));
    if (this.#context.request.legacyFunctions)
      return known.tool === 0 ? this.#chunk({ function_call: { arguments: text } }) : '';
    const inner = known.block.variant === 'custom' ? { custom: { input: text } } : { function: { arguments: text } };
    return this.#chunk({ tool_calls: [{ index: known.tool, ...inner }] });
  }

  #cite({ index, citation }: Extract<IrEvent, { type: 'citation' }>): string {
    const before = this.#blocks.get(index)?.before;
    if (before === undefined) return '';
    return this.#chunk({ annotations: [annotation(citation, before, this.#characters - before)] });
  }

  #usageChunk(): string {
    if (!this.#context.request.streamUsage || !this.#usage) return '';
    return sseFrame({ ...this.#head(), choices: [], usage: toChatUsage(this.#usage) });
  }

  #head(): JsonObject {
    return {
      id: this.#id,
      object: 'chat.completion.chunk',
      created: this.#context.created,
      model: this.#context.model,
    };
  }

  #chunk(delta: JsonObject, finish: string | null = null, logprobs?: JsonObject): string {
    const likely = logprobs === undefined ? {} : { logprobs };
    return sseFrame({ ...this.#head(), choices: [{ index: 0, delta, ...likely, finish_reason: finish }] });
  }
}

const logprobsOf = (kind: Block['kind'], list: readonly LogProbability[]): JsonObject => ({
  content: kind === 'refusal' ? null : writeLogProbabilities(list),
  refusal: kind === 'refusal' ? writeLogProbabilities(list) : null,
});

const annotation = (citation: Citation, before: number, length: number): JsonObject => ({
  type: 'url_citation',
  url_citation: writeAnnotation(citation, { before, length }),
});

const finishOf = (reason: FinishReason, { request }: EncodeResponseContext): string =>
  reason === 'tool' && request.legacyFunctions ? 'function_call' : chatFinish[reason];

const call = (block: Extract<Block, { kind: 'tool' }>, args: string): JsonObject =>
  block.variant === 'custom'
    ? { id: block.id, type: 'custom', custom: { name: block.name, input: args } }
    : { id: block.id, type: 'function', function: { name: block.name, arguments: args } };

export function encodeChatResponse(events: readonly IrEvent[], context: EncodeResponseContext): JsonObject {
  const response = collectResponse(events);
  const join = (kind: Block['kind']): string =>
    response.blocks.map(({ block, text }) => (block.kind === kind ? text : '')).join('');
  const calls = response.blocks.flatMap(({ block, text }) =>
    block.kind === 'tool' ? [call(block, text === '' && block.variant === 'function' ? '{}' : text)] : [],
  );
  const images = response.blocks.flatMap(({ block }) =>
    block.kind === 'image'
      ? [{ type: 'image_url', image_url: { url: `data:${block.mime};base64,${block.data}` } }]
      : [],
  );
  const sound = response.blocks.flatMap(({ block }) => (block.kind === 'audio' ? [block] : []));
  const legacy = context.request.legacyFunctions === true;
  const annotations = annotationsOf(response.blocks);
  const likely = (kind: Block['kind']) =>
    response.blocks.flatMap(({ block, logProbabilities = [] }) => (block.kind === kind ? logProbabilities : []));
  const [content, refusal] = [likely('text'), likely('refusal')];
  const logprobs =
    content.length + refusal.length === 0
      ? null
      : logprobsOf(content.length > 0 ? 'text' : 'refusal', content.length > 0 ? content : refusal);
  const message = defined({
    role: 'assistant',
    content: join('text') || (calls.length + sound.length > 0 ? null : ''),
    refusal: join('refusal') || null,
    annotations: annotations.length > 0 ? annotations : undefined,
    reasoning_content: join('thinking') || undefined,
    tool_calls: calls.length > 0 && !legacy ? calls : undefined,
    function_call: legacy ? calls[0]?.function : undefined,
    images: images.length > 0 ? images : undefined,
    audio: writeAudio(sound, context),
  });
  return defined({
    id: context.newId('chatcmpl-'),
    object: 'chat.completion',
    created: context.created,
    model: context.model,
    choices: [{ index: 0, message, logprobs, finish_reason: finishOf(response.finish, context) }],
    usage: Object.keys(response.usage).length > 0 ? toChatUsage(response.usage) : undefined,
  });
}

function annotationsOf(blocks: readonly ResponseBlock[]): readonly JsonObject[] {
  let before = 0;
  return blocks.flatMap(({ block, text, citations = [] }) => {
    if (block.kind !== 'text') return [];
    const length = charactersIn(text);
    const written = citations.map((citation) => annotation(citation, before, length));
    before += length;
    return written;
  });
}
