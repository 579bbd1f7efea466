// A finished request as the statistics count it.
import type { UsageTokens } from '../../../src-shared/contract/usage.ts';
import type { UsageRecord } from '../../usage/usage-store.ts';
import type { Usage } from '../model/events.ts';
import type { Outcome } from '../request/request-context.ts';

/** `api`: the client's key, or `METHOD /path` without one. `started` in milliseconds since the epoch. */
export function usageRecord(
  outcome: Outcome,
  { api, started }: { readonly api: string; readonly started: number },
): UsageRecord {
  const { model, source = '', usage, failed } = outcome;
  return { api, model, source, tokens: tokensOf(usage ?? {}), failed, timestamp: started };
}

/** Input and output include what was cached and reasoned. */
export function tokensOf({
  inputFresh = 0,
  cacheRead = 0,
  cacheWrite = 0,
  output = 0,
  reasoning = 0,
}: Partial<Usage>): UsageTokens {
  const input = inputFresh + cacheRead + cacheWrite;
  return {
    input_tokens: input,
    output_tokens: output,
    reasoning_tokens: reasoning,
    cached_tokens: cacheRead || cacheWrite,
    total_tokens: input + output,
  };
}
