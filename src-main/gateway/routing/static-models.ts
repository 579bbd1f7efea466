// What is known of the services' models without asking them; `static-models.json` says since when and from where.
import type { ModelLimits } from '../model/quirks.ts';
import type { Effort } from '../model/request.ts';
import data from './static-models.json' with { type: 'json' };

/** Services whose models are listed. */
export type ModelFamily = keyof typeof data.lists;

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

/** A model name that means another model with a fixed effort. */
interface EffortName {
  readonly model: string;
  readonly effort: Effort;
}

const limits = new Map<string, KnownLimits>(Object.entries(data.limits));
const efforts = new Map(Object.entries(data.efforts) as [string, EffortName][]);
const previews = new Map<string, readonly string[]>(Object.entries(data.previews));

/** When the lists were made: seconds since 1970. */
export const listedSince = Date.parse(data.date) / 1000;

export const knownModels = (family: ModelFamily): readonly string[] => data.lists[family];

export const ownerOf = (family: ModelFamily): string => data.owners[family];

export const effortName = (model: string): EffortName | undefined => efforts.get(model);

/** Earlier ids of a Gemini model, which have quotas of their own. */
export const previewsOf = (model: string): readonly string[] => previews.get(model) ?? [];

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
