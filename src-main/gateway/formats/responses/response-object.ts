// The response object and its items, as JSON responses and closing events show them.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Block, FinishReason, UpstreamError } from '../../model/events.ts';
import { defined } from '../../model/json.ts';
import { reasoningToken } from '../../model/reasoning/reasoning-token.ts';
import type { ToolVariant } from '../../model/request.ts';
import type { ModelResponse, ResponseBlock } from '../../model/response.ts';
import { charactersIn } from '../../model/text/characters.ts';
import type { Citation } from '../../model/text/citation.ts';
import type { EncodeResponseContext } from '../format.ts';
import { writeAnnotation } from '../shared/openai/annotations.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import { writeLogProbabilities } from '../shared/openai/log-probabilities.ts';
import { ownSearchPrefix, searchItem } from './built-in-tools/searches.ts';
import { clientToolCall, clientToolPrefix, isClientToolKind } from './client-tools.ts';
import { toResponsesUsage } from './usage.ts';

const incomplete: Readonly<Partial<Record<FinishReason, string>>> = {
  length: 'max_output_tokens',
  filter: 'content_filter',
};

/** Everything about a response but its output, which is added. */
export function responseObject(
  id: string,
  context: EncodeResponseContext,
  state: { status: string; output: readonly JsonObject[]; response?: ModelResponse; error?: UpstreamError },
): JsonObject {
  const { request } = context;
  const { response, error } = state;
  const reason = response && incomplete[response.finish];
  return {
    id,
    object: 'response',
    created_at: context.created,
    status: reason ? 'incomplete' : state.status,
    error: error ? { code: openaiErrorBody(error).error.code ?? 'server_error', message: error.message } : null,
    incomplete_details: reason ? { reason } : null,
    instructions: null,
    max_output_tokens: request.maxTokens ?? null,
    model: context.model,
    output: state.output,
    parallel_tool_calls: request.parallelTools ?? true,
    previous_response_id: request.previousId ?? null,
    store: false,
    temperature: request.sampling.temperature ?? null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: request.sampling.topP ?? null,
    truncation: 'disabled',
    usage: response && Object.keys(response.usage).length > 0 ? toResponsesUsage(response.usage) : null,
    user: request.user ?? null,
    metadata: request.metadata ?? {},
  };
}

/** Ids of reasoning items that no service has stored. */
export const ownReasoningPrefix = 'rs_own_';

const callPrefix = (variant: ToolVariant): string =>
  isClientToolKind(variant) ? clientToolPrefix(variant) : variant === 'custom' ? 'ctc_' : 'fc_';

export const itemPrefix = ({ block }: Pick<ResponseBlock, 'block'>): string =>
  block.kind === 'tool'
    ? callPrefix(block.variant)
    : block.kind === 'thinking'
      ? ownReasoningPrefix
      : block.kind === 'image'
        ? 'ig_'
        : block.kind === 'search'
          ? ownSearchPrefix
          : 'msg_';

export const textPart = (
  kind: 'text' | 'refusal',
  text: string,
  { citations = [], logProbabilities = [] }: Pick<ResponseBlock, 'citations' | 'logProbabilities'> = {},
): JsonObject =>
  kind === 'refusal'
    ? { type: 'refusal', refusal: text }
    : {
        type: 'output_text',
        text,
        annotations: citations.map((citation) => annotation(citation, text)),
        logprobs: writeLogProbabilities(logProbabilities),
      };

export const annotation = (citation: Citation, text: string): JsonObject => ({
  type: 'url_citation',
  ...writeAnnotation(citation, { before: 0, length: charactersIn(text) }),
});

/** Reasoning of other vendors comes back in a token of ours: clients return what is sealed, and it outlives a restart. */
const sealOf = ({ signature, ...rest }: Pick<ResponseBlock, 'text' | 'signature' | 'redacted'>): string =>
  signature?.issuer === 'openai'
    ? signature.value
    : reasoningToken({ id: '', thinking: [defined({ kind: 'thinking' as const, ...rest, signature })] });

/** Undefined for a block that has nothing to show. */
export function outputItem(
  id: string,
  { block, text, signature, redacted, ...rest }: ResponseBlock,
  status: 'in_progress' | 'completed',
): JsonObject {
  switch (block.kind) {
    case 'tool':
      return callItem(id, block, text, status);
    case 'thinking':
      return defined({
        id: signature?.issuer === 'openai' && signature.id !== undefined ? signature.id : id,
        type: 'reasoning',
        summary: text === '' ? [] : [{ type: 'summary_text', text }],
        encrypted_content: status === 'completed' ? sealOf(defined({ text, signature, redacted })) : undefined,
      });
    case 'image':
      return { id, type: 'image_generation_call', status, result: status === 'completed' ? block.data : null };
    case 'search':
      return searchItem(id, block, status);
    default:
      return {
        id,
        type: 'message',
        status,
        role: 'assistant',
        content: status === 'in_progress' || block.kind === 'audio' ? [] : [textPart(block.kind, text, rest)],
      };
  }
}

function callItem(
  id: string,
  block: Extract<Block, { kind: 'tool' }>,
  text: string,
  status: 'in_progress' | 'completed',
): JsonObject {
  const { variant, name, namespace } = block;
  if (isClientToolKind(variant)) return clientToolCall(variant, id, block.id, status, text);
  const type = variant === 'custom' ? 'custom_tool_call' : 'function_call';
  const content = variant === 'custom' ? { input: text } : { arguments: text };
  return defined({ id, type, status, call_id: block.id, name, namespace, ...content });
}
