// From the name a client asks for to the offers that can answer, and what the name says beside the model.

import { modelFacts } from '../../models/model-facts.ts';
import type { ThinkingOverride } from '../model/reasoning/thinking-override.ts';
import type { Offer, Pool } from './pool.ts';

export interface Resolved {
  /** The model without prefix and suffix, as clients name it. */
  readonly name: string;
  readonly offers: readonly Offer[];
  readonly thinking?: ThinkingOverride;
}

/**
 * `provider://model` asks one compatible provider; `gemini-…-nothinking` and `gemini-…-thinking-N` set the thinking
 * budget; names such as `gpt-5-high` set the effort. A model that is offered under the whole name wins over all that.
 */
export function resolve(pool: Pool, requested: string): Resolved {
  const name = requested.trim().replace(/^models\//, '');
  const exact = found(pool, name);
  if (exact.offers.length > 0) return exact;
  const [, provider, rest] = /^([^:/]+):\/\/(.+)$/.exec(name) ?? [];
  if (provider !== undefined && rest !== undefined) {
    const offers = pool
      .offers(rest)
      .filter(({ credential }) => credential.isNamed && credential.provider === provider.toLowerCase());
    if (offers.length > 0) return { name: rest, offers };
  }
  const override = geminiOverride(name);
  return override === undefined ? exact : { ...found(pool, override.base), thinking: override.thinking };
}

function found(pool: Pool, name: string): Resolved {
  const offers = pool.offers(name);
  const known = offers[0] && effortOf(offers[0]);
  return known === undefined ? { name, offers } : { name, offers, thinking: { effort: known.effort } };
}

/** Only some providers have such names. A compatible server may call a model what it likes. */
const effortOf = ({ credential, model }: Offer) => credential.upstream.effortNames?.get(model.upstream);

function geminiOverride(name: string): { base: string; thinking: ThinkingOverride } | undefined {
  if (!/^gemini-/i.test(name)) return undefined;
  const off = /^(.*)-nothinking$/i.exec(name)?.[1];
  if (off !== undefined) {
    return { base: off, thinking: { budget: inRange(0, off), includeThoughts: false } };
  }
  const [, base, digits] = /^(.*)-thinking-(\d{1,9})$/i.exec(name) ?? [];
  return base === undefined ? undefined : { base, thinking: { budget: inRange(Number(digits), base) } };
}

/** The nearest budget that the model takes, when its range is known; some take none, though their range begins above. */
function inRange(budget: number, model: string): number {
  const range = modelFacts(model).thinkingBudget;
  if (range === undefined || (budget === 0 && range.zero)) return budget;
  return Math.min(Math.max(budget, range.min), range.max);
}

/** What goes upstream for an offer: an effort name stands for another model. */
export const upstreamModel = (offer: Offer): string => effortOf(offer)?.model ?? offer.model.upstream;
