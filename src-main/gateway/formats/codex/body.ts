import type { JsonObject } from '../../../../src-shared/json.ts';

/** Fields that the ChatGPT backend rejects. */
const rejected = new Set([
  'max_output_tokens',
  'temperature',
  'top_p',
  'user',
  'metadata',
  'service_tier',
  'top_logprobs',
]);

/** Edits of a Responses body that the ChatGPT backend needs; also for requests that are passed through. */
export function toCodexBody(body: JsonObject): JsonObject {
  const kept = Object.entries(body).filter(([field]) => !rejected.has(field) && field !== 'previous_response_id');
  return {
    instructions: '',
    parallel_tool_calls: true,
    ...Object.fromEntries(kept),
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
  };
}
