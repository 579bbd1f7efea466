// What is known of single models; `static-models.json` says since when and from where.
import type { ModelLimits } from '../model/quirks.ts';
import data from './static-models.json' with { type: 'json' };

interface KnownLimits {
  readonly input: number;
  readonly output: number;
  readonly thinking?: {
    readonly min: number;
    readonly max: number;
    readonly zero: boolean;
    readonly dynamic: boolean;
  };
}

const limits = new Map<string, KnownLimits>(Object.entries(data.limits));

/** When the lists were made: seconds since 1970. */
export const listedSince = Date.parse(data.date) / 1000;

/** Longest input in tokens, where it is known. */
export const inputLimit = (model: string): number | undefined => limits.get(model)?.input;

export function limitsOf(model: string): ModelLimits {
  const known = limits.get(model);
  if (known === undefined) return {};
  const { output, thinking } = known;
  if (thinking === undefined) return { maxOutput: output };
  const { min, max, zero, dynamic } = thinking;
  return { maxOutput: output, thinking: { min, max, zeroAllowed: zero, dynamicAllowed: dynamic } };
}
