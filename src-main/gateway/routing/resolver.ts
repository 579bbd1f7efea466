// From the name a client asks for to the offers that can answer, and what the name says beside the model.
import { modelFacts, type OwnFacts } from '../../models/model-facts.ts';
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
 * budget; names such as `gpt-5-high` set the effort; what stands in parentheses behind a name goes upstream with it. A
 * model that is listed under the whole name wins over all that, and all that over one that only looks like a vendor's.
 */
export function resolve(pool: Pool, requested: string): Resolved {
  const name = requested.trim().replace(/^models\//, '');
  if (pool.listed(name).length > 0) return found(pool, name);
  for (const read of [asProviderModel, asGeminiOverride, withSuffix]) {
    const resolved = read(pool, name);
    if (resolved !== undefined && resolved.offers.length > 0) return resolved;
  }
  return found(pool, name);
}

type Reading = (pool: Pool, name: string) => Resolved | undefined;

function found(pool: Pool, name: string): Resolved {
  const offers = pool.offers(name);
  const known = offers[0] && effortOf(offers[0]);
  return known === undefined ? { name, offers } : { name, offers, thinking: { effort: known.effort } };
}

/** Only some providers have such names. A compatible server may call a model what it likes. */
const effortOf = ({ credential, model }: Offer) => credential.upstream.effortNames?.get(model.upstream);

const asProviderModel: Reading = (pool, name) => {
  const [, provider, model] = /^([^:/]+):\/\/(.+)$/.exec(name) ?? [];
  if (provider === undefined || model === undefined) return undefined;
  const isMeant = ({ credential }: Offer) => credential.isNamed && credential.provider === provider.toLowerCase();
  const listed = pool.listed(model).filter(isMeant);
  const offers = listed.length > 0 ? listed : (withSuffix(pool, model)?.offers.filter(isMeant) ?? []);
  return { name: model, offers };
};

const asGeminiOverride: Reading = (pool, name) => {
  if (!/^(?:[^/]*\/)?gemini-/i.test(name)) return undefined;
  const off = /^(.*)-nothinking$/i.exec(name)?.[1];
  if (off !== undefined) {
    return { ...found(pool, off), thinking: { budget: inRange(0, off, pool.ownFacts), includeThoughts: false } };
  }
  const [, base, digits] = /^(.*)-thinking-(\d{1,9})$/i.exec(name) ?? [];
  if (base === undefined) return undefined;
  return { ...found(pool, base), thinking: { budget: inRange(Number(digits), base, pool.ownFacts) } };
};

/** `fast(high)` asks the model that is listed as `fast` for what stands in parentheses. */
const withSuffix: Reading = (pool, name) => {
  const start = name.endsWith(')') ? name.lastIndexOf('(') : -1;
  if (start <= 0) return undefined;
  const suffix = name.slice(start);
  const offers = pool.listed(name.slice(0, start)).map(({ model, ...offer }) => ({
    ...offer,
    model: { ...model, upstream: `${model.upstream}${suffix}` },
  }));
  return { name, offers };
};

/** The nearest budget that the model takes, when its range is known; some take none, though their range begins above. */
function inRange(budget: number, model: string, ownFacts: readonly OwnFacts[]): number {
  const range = modelFacts(model, ownFacts).thinkingBudget;
  if (range === undefined || (budget === 0 && range.zero)) return budget;
  return Math.min(Math.max(budget, range.min), range.max);
}

/** What goes upstream for an offer: an effort name stands for another model. */
export const upstreamModel = (offer: Offer): string => effortOf(offer)?.model ?? offer.model.upstream;
