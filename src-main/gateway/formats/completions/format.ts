// Legacy text completions: a prompt in, text out. Only a client's format; upstreams are asked by chat or another format.

import type { JsonObject } from '../../../../src-shared/json.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import type { FinishReason, IrEvent, Usage } from '../../model/events.ts';
import { booleanOf, defined, numberOf, objectOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import type { Request } from '../../model/request.ts';
import { collectResponse } from '../../model/response.ts';
import { BlockSerializer, toolsMayOverlap } from '../../model/serialize-blocks.ts';
import { sseFrame } from '../../model/sse.ts';
import { charactersIn } from '../../model/text/characters.ts';
import type { LogProbability } from '../../model/text/log-probability.ts';
import { choiceList } from '../chat/client-side.ts';
import { chatFinish } from '../chat/encode-response.ts';
import { chat } from '../chat/format.ts';
import type { ClientFormat } from '../client-side.ts';
import type { DecodeRequestContext, EncodeResponseContext, StreamEncoder } from '../format.ts';
import { fieldNames, openaiSampling, reportUnknown, requestBody, severalResponses } from '../shared/request-reading.ts';
import { toChatUsage } from '../shared/usage.ts';

const known = fieldNames(
  'model prompt stream stream_options max_tokens temperature top_p top_k seed frequency_penalty presence_penalty stop user n best_of logprobs',
);

/** Several prompts would need several responses; one in a list is as good as one. */
function promptOf(prompt: unknown): string {
  const list = typeof prompt === 'string' ? [prompt] : Array.isArray(prompt) ? prompt : [];
  const [only] = list;
  if (list.length !== 1 || typeof only !== 'string')
    throw new RequestError('prompt must be one text; lists of prompts and of tokens cannot be answered here.');
  return only;
}

function decodeRequest(json: unknown, context: DecodeRequestContext): Request {
  const body = requestBody(json);
  reportUnknown(body, known, context.dropped);
  const count = severalResponses(body.n, 'n', context.dropped);
  if ((numberOf(body.best_of) ?? 1) > (count ?? 1))
    context.dropped.add('fatal', 'best_of', 'the best of several responses cannot be chosen here');
  return defined({
    model: context.model ?? textOf(body.model),
    count,
    stream: body.stream === true,
    streamUsage: booleanOf(objectOf(body.stream_options).include_usage),
    system: [],
    turns: [{ role: 'user' as const, parts: [{ kind: 'text' as const, text: promptOf(body.prompt) }] }],
    tools: [],
    maxTokens: numberOf(body.max_tokens),
    sampling: openaiSampling(body),
    logProbabilities: typeof body.logprobs === 'number' ? { top: body.logprobs } : undefined,
    stop: stringsOf(body.stop),
    user: stringOf(body.user),
  });
}

const head = (id: string, { created, model }: EncodeResponseContext): JsonObject => ({
  id,
  object: 'text_completion',
  created,
  model,
});

/** Log probabilities in lists side by side. `before`: characters of the text before the first token. */
function writeLists(list: readonly LogProbability[], before: number): JsonObject {
  let offset = before;
  const offsets = list.map(({ token }) => {
    const own = offset;
    offset += charactersIn(token);
    return own;
  });
  return {
    tokens: list.map(({ token }) => token),
    token_logprobs: list.map(({ logprob }) => logprob),
    top_logprobs: list.map(({ top }) => Object.fromEntries(top.map(({ token, logprob }) => [token, logprob]))),
    text_offset: offsets,
  };
}

class CompletionsStreamEncoder implements StreamEncoder {
  readonly #context: EncodeResponseContext;
  readonly #serializer = new BlockSerializer(toolsMayOverlap);
  readonly #id: string;
  readonly #texts = new Set<number>();
  #characters = 0;
  #finish: FinishReason = 'stop';
  #usage: Partial<Usage> | undefined;

  constructor(context: EncodeResponseContext) {
    this.#context = context;
    this.#id = context.newId('cmpl-');
  }

  encode(event: IrEvent): string {
    return this.#serializer.writeDue(event, (due) => this.#write(due));
  }

  #write(event: IrEvent): string {
    if (event.type === 'block-start' && (event.block.kind === 'text' || event.block.kind === 'refusal'))
      this.#texts.add(event.index);
    else if (event.type === 'delta') return this.#texts.has(event.index) && event.text !== '' ? this.#delta(event) : '';
    else if (event.type === 'usage') this.#usage = { ...this.#usage, ...event.usage };
    else if (event.type === 'finish') this.#finish = event.reason;
    else if (event.type === 'error') return chat.errorFrame(event.error);
    else if (event.type === 'end')
      return `${this.#chunk('', chatFinish[this.#finish])}${this.#usageChunk()}data: [DONE]\n\n`;
    return '';
  }

  #delta({ text, logProbabilities }: Extract<IrEvent, { type: 'delta' }>): string {
    const logprobs = logProbabilities ? writeLists(logProbabilities, this.#characters) : null;
    this.#characters += charactersIn(text);
    return this.#chunk(text, null, logprobs);
  }

  #chunk(text: string, finish: string | null, logprobs: JsonObject | null = null): string {
    return sseFrame({
      ...head(this.#id, this.#context),
      choices: [{ index: 0, text, logprobs, finish_reason: finish }],
    });
  }

  #usageChunk(): string {
    if (!this.#context.request.streamUsage || !this.#usage) return '';
    return sseFrame({ ...head(this.#id, this.#context), choices: [], usage: toChatUsage(this.#usage) });
  }
}

function encodeResponse(events: readonly IrEvent[], context: EncodeResponseContext): JsonObject {
  const response = collectResponse(events);
  const text = response.blocks
    .map(({ block, text: piece }) => (block.kind === 'text' || block.kind === 'refusal' ? piece : ''))
    .join('');
  const likely = response.blocks.flatMap(({ logProbabilities = [] }) => logProbabilities);
  const logprobs = likely.length === 0 ? null : writeLists(likely, 0);
  return defined({
    ...head(context.newId('cmpl-'), context),
    choices: [{ index: 0, text, logprobs, finish_reason: chatFinish[response.finish] }],
    usage: Object.keys(response.usage).length > 0 ? toChatUsage(response.usage) : undefined,
  });
}

export const completions: ClientFormat = {
  ...chat,
  name: 'completions',
  payloadNames: { upstream: 'openai', client: 'openai' },
  title: 'Completions',
  family: 'completions',
  client: { endpoints: [{ kind: 'generate', path: '/v1/completions' }], responseList: choiceList },
  decodeRequest,
  encodeResponse,
  streamEncoder: (context) => new CompletionsStreamEncoder(context),
};
