// Which models and candidates a client may use.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { fitsPattern } from '../../../src-shared/name-pattern.ts';
import { modelPrice, type OwnPrices } from '../../models/model-price.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Pool } from '../routing/pool.ts';
import { type Elements, elementsOf, type RouteElement } from '../routing/route/elements.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';
import { namesBehind } from './model-names.ts';

/** What is asked of a candidate's model before a client with a limit on costs may use it. */
export type HasPrice = (sent: string, asked: string) => boolean;

export const priceCheck =
  (config: OwnPrices): HasPrice =>
  (sent, asked) =>
    modelPrice({ sent, asked, inputTokens: 0 }, config) !== undefined;

/** Whether a client with this policy may ask for a model that is listed here. */
export function isOffered(pool: Pool, model: string, policy: ClientPolicy, config: OwnPrices): boolean {
  const { elements } = accessTo(elementsOf(pool, model), policy, priceCheck(config));
  return elements.some(({ candidates }) => candidates.length > 0);
}

export interface Rejected {
  readonly candidate: RoutedCandidate;
  readonly why: string;
}

export interface Access {
  /** Those that are left, with the candidates that are left of them. */
  readonly elements: readonly RouteElement[];
  readonly rejected: readonly Rejected[];
  /** Why nothing is left although somebody offers the model. */
  readonly error?: UpstreamError;
}

/** What a policy leaves of a model's candidates. Without one it is all of them, at no cost. */
export function accessTo(elements: Elements, policy: ClientPolicy | undefined, hasPrice: HasPrice): Access {
  if (policy === undefined) return { elements: elements.elements, rejected: [] };
  const rejected: Rejected[] = [];
  const left = elements.elements.flatMap((element): readonly RouteElement[] => {
    const why = elementRefusal(element, elements, policy);
    const candidates = element.candidates.filter((candidate) => {
      const refusal = why ?? candidateRefusal(candidate, policy, hasPrice);
      if (refusal !== undefined) rejected.push({ candidate, why: refusal });
      return refusal === undefined;
    });
    // The candidates' own element stays the whole one: turns are those of all clients.
    return why === undefined ? [{ ...element, candidates }] : [];
  });
  const asked = askedRefusal(elements, policy);
  if (asked !== undefined) return { elements: [], rejected, error: forbidden(asked) };
  const isOffered = elements.elements.some(({ candidates }) => candidates.length > 0);
  if (!isOffered || left.some(({ candidates }) => candidates.length > 0)) return { elements: left, rejected };
  const reasons = [...new Set(rejected.map(({ why }) => why))];
  return { elements: [], rejected, error: forbidden(`${reasons.join(' ')}`) };
}

const forbidden = (message: string): UpstreamError => ({ status: 403, code: 'model_not_allowed', message });

/** The name that was asked for decides; of a chain it is the chain's. */
function askedRefusal({ chain, elements }: Elements, policy: ClientPolicy): string | undefined {
  const [first] = elements;
  const names = chain === undefined && first !== undefined ? namesBehind(first) : [chain ?? ''];
  return allows(policy, names) ? undefined : `This key may not use the model ${names[0]}.`;
}

/** An element of a chain needs no permission of its own, but may be excluded. */
function elementRefusal(element: RouteElement, { chain }: Elements, policy: ClientPolicy): string | undefined {
  const names = namesBehind(element);
  const isFree = chain === undefined ? allows(policy, names) : !isExcluded(policy, names);
  return isFree ? undefined : `This key may not use the model ${element.name}.`;
}

function candidateRefusal(
  { credential, model, element }: RoutedCandidate,
  policy: ClientPolicy,
  hasPrice: HasPrice,
): string | undefined {
  const names = [credential.sourceName, credential.sourceName.replace(/\.json$/i, '')];
  if (policy.sources !== undefined && !fitsAny(names, policy.sources))
    return `This key may not use the keys and accounts that offer the model ${element.name}.`;
  const limitsCosts = policy.limits?.some(({ cost }) => cost !== undefined) ?? false;
  return limitsCosts && !hasPrice(model, element.name)
    ? `This key has a limit on costs, and there is no price for the model ${element.name}.`
    : undefined;
}

const allows = (policy: ClientPolicy, names: readonly string[]): boolean =>
  (policy.models === undefined || fitsAny(names, policy.models)) && !isExcluded(policy, names);

const isExcluded = (policy: ClientPolicy, names: readonly string[]): boolean =>
  fitsAny(names, policy['excluded-models'] ?? []);

const fitsAny = (names: readonly string[], patterns: readonly string[]): boolean =>
  patterns.some((pattern) => names.some((name) => fitsPattern(name, pattern.trim())));
