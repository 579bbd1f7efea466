// What a provider counted, as the history has it.
import type { RequestTokens } from '../../../src-shared/contract/requests.ts';
import type { Usage } from '../model/events.ts';

export const noTokens: RequestTokens = {
  ...{ input: null, output: null, reasoning: null, cache_read: null, cache_write: null, estimated: null },
};

/** Null where the provider gave no numbers. */
export function tokensOf(usage: Partial<Usage> | undefined): RequestTokens {
  if (usage === undefined || Object.values(usage).every((value) => value === undefined)) return noTokens;
  const count = (value: number | undefined) => (Number.isSafeInteger(value) && (value ?? -1) >= 0 ? value : undefined);
  const [fresh, read, written] = [usage.inputFresh, usage.cacheRead, usage.cacheWrite].map(count);
  const isInputKnown = fresh !== undefined || read !== undefined || written !== undefined;
  return {
    input: isInputKnown ? (fresh ?? 0) + (read ?? 0) + (written ?? 0) : null,
    output: count(usage.output) ?? null,
    reasoning: count(usage.reasoning) ?? null,
    cache_read: read ?? null,
    cache_write: written ?? null,
    estimated: false,
  };
}
