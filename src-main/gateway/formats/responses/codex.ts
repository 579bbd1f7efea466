import type { JsonObject } from '../../model/json.ts';
import type { Format } from '../format.ts';
import { encodeResponsesRequest } from './encode-request.ts';
import { responses } from './format.ts';

/** Fields that the ChatGPT backend refuses. */
const refused = new Set(['max_output_tokens', 'temperature', 'top_p', 'user', 'metadata', 'service_tier']);

/** Edits of a Responses body that the ChatGPT backend needs; also for requests that are passed through. */
export function toCodexBody(body: JsonObject): JsonObject {
  const kept = Object.entries(body).filter(([field]) => !refused.has(field) && field !== 'previous_response_id');
  return {
    instructions: '',
    parallel_tool_calls: true,
    ...Object.fromEntries(kept),
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
  };
}

/** Responses as a ChatGPT account serves them: streams only, nothing stored, no sampling parameters. */
export const codex: Format = {
  ...responses,
  name: 'codex',
  encodeRequest: (request, context) =>
    toCodexBody(
      encodeResponsesRequest(
        { ...request, ...(request.thinking ? { thinking: { ...request.thinking, show: true } } : {}) },
        context,
      ),
    ),
};
