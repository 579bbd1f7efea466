// Token counts of the routes, in the few spellings that services have.
import { isObject } from '../../../src-shared/json.ts';
import { responsesUsage } from '../formats/responses/usage.ts';
import { chatUsage, inclusiveUsage } from '../formats/shared/usage.ts';
import type { Usage } from '../model/events.ts';
import { numberOf, objectOf } from '../model/json.ts';

/** The members of a response, or of an event of its stream, that hold counts. */
export const usageMembers = ['usage', 'meta'] as const;

/** Undefined when there are none: the request counts all the same. */
export function serviceUsage({ usage, meta }: Readonly<Record<string, unknown>>): Partial<Usage> | undefined {
  if (isObject(usage)) {
    // A sound that is paid for by its length.
    if (usage.type === 'duration') return { ...inclusiveUsage(0, {}), ...durationOf(usage.seconds) };
    const counts = chatUsage(usage) ?? responsesUsage(usage);
    if (counts !== undefined) return counts;
    const total = numberOf(usage.total_tokens);
    if (total !== undefined) return inclusiveUsage(total, {});
  }
  const tokens = numberOf(objectOf(objectOf(meta).tokens).input_tokens);
  return tokens === undefined ? undefined : inclusiveUsage(tokens, {});
}

const durationOf = (seconds: unknown): { readonly seconds?: number } =>
  typeof seconds === 'number' && seconds >= 0 ? { seconds } : {};
