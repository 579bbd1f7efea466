// Token counts of the Responses format.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Usage } from '../../model/events.ts';
import { numberOf, objectOf } from '../../model/json.ts';
import { inclusiveUsage, totals } from '../shared/usage.ts';

export function responsesUsage(usage: unknown): Partial<Usage> | undefined {
  const counts = objectOf(usage);
  const input = numberOf(counts.input_tokens);
  const output = numberOf(counts.output_tokens);
  if (input === undefined && output === undefined) return undefined;
  return inclusiveUsage(input ?? 0, {
    cacheRead: numberOf(objectOf(counts.input_tokens_details).cached_tokens) ?? 0,
    output: output ?? 0,
    reasoning: numberOf(objectOf(counts.output_tokens_details).reasoning_tokens) ?? 0,
  });
}

export function toResponsesUsage(usage: Partial<Usage>): JsonObject {
  const { input, output, total, cacheRead, reasoning } = totals(usage);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: total,
  };
}
