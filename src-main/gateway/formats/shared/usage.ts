// Sums of token counts as the formats tell them.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Usage } from '../../model/events.ts';
import { numberOf, objectOf } from '../../model/json.ts';
import { noUsage } from '../../model/response.ts';

/** All input and output, cached and reasoning tokens included. */
export const totals = (usage: Partial<Usage>) => {
  const all = { ...noUsage, ...usage };
  const input = all.inputFresh + all.cacheRead + all.cacheWrite;
  return { ...all, input, total: input + all.output };
};

/** Counts from a format whose input number includes the cached tokens. */
export function inclusiveUsage(
  input: number,
  counts: { cacheRead?: number; cacheWrite?: number; output?: number; reasoning?: number },
): Partial<Usage> {
  const cacheRead = Math.min(counts.cacheRead ?? 0, input);
  const cacheWrite = Math.min(counts.cacheWrite ?? 0, input - cacheRead);
  return {
    inputFresh: input - cacheRead - cacheWrite,
    cacheRead,
    cacheWrite,
    output: counts.output ?? 0,
    reasoning: counts.reasoning ?? 0,
  };
}

/** `usage` of chat completions and completions. */
export function chatUsage(usage: unknown): Partial<Usage> | undefined {
  const counts = objectOf(usage);
  const input = numberOf(counts.prompt_tokens);
  const output = numberOf(counts.completion_tokens);
  if (input === undefined && output === undefined) return undefined;
  const details = objectOf(counts.prompt_tokens_details);
  return inclusiveUsage(input ?? 0, {
    cacheRead:
      numberOf(details.cached_tokens) ??
      numberOf(counts.prompt_cache_hit_tokens) ??
      numberOf(counts.cached_tokens) ??
      0,
    cacheWrite: numberOf(details.cache_write_tokens) ?? 0,
    output: output ?? 0,
    reasoning: numberOf(objectOf(counts.completion_tokens_details).reasoning_tokens) ?? 0,
  });
}

export function toChatUsage(usage: Partial<Usage>): JsonObject {
  const { input, output, total, cacheRead, reasoning } = totals(usage);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: total,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
