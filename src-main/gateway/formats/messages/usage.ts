// Token counts of the Messages format: input, cache reads and cache writes are counted apart.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { Usage } from '../../model/events.ts';
import { defined, numberOf, objectOf } from '../../model/json.ts';
import { totals } from '../shared/usage.ts';

/** The fields that are there; a stream tells them in two events. */
export function messagesUsage(usage: unknown): Partial<Usage> | undefined {
  if (!isObject(usage)) return undefined;
  const found = defined({
    inputFresh: numberOf(usage.input_tokens),
    cacheRead: numberOf(usage.cache_read_input_tokens),
    cacheWrite: numberOf(usage.cache_creation_input_tokens),
    output: numberOf(usage.output_tokens),
    reasoning: numberOf(objectOf(usage.output_tokens_details).thinking_tokens),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

export function toMessagesUsage(usage: Partial<Usage>): JsonObject {
  const { inputFresh, cacheRead, cacheWrite, output, reasoning } = totals(usage);
  return {
    input_tokens: inputFresh,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
    ...(reasoning > 0 ? { output_tokens_details: { thinking_tokens: reasoning } } : {}),
  };
}
