// What a client's model stands for: itself, or the elements of a chain.
import { LRUCache } from 'lru-cache';
import type { Offer, Pool } from '../pool.ts';
import { type Resolved, resolve, upstreamModel } from '../resolver.ts';
import { candidateKey, type RoutedCandidate } from './routed-candidate.ts';

/** A name that is asked for on behalf of a client. */
export interface RouteElement {
  /** As clients ask for it. */
  readonly name: string;
  /** As this gateway lists it. */
  readonly listed: string;
  readonly resolved: Resolved;
  /** In the order of the file. */
  readonly candidates: readonly RoutedCandidate[];
}

export interface Elements {
  /** The chain that the client asked for, as the config spells it. */
  readonly chain: string | undefined;
  /** What was asked for, without prefix and suffix: the name of the chain, or of the model. */
  readonly model: string;
  /** At least one, in the order they are tried. */
  readonly elements: readonly RouteElement[];
}

/** Clients ask for the same few names; a pool never changes, so that what it says of them does not either. */
const known = new WeakMap<Pool, LRUCache<string, Elements>>();
const maxKnown = 256;
/** Letters; longer names are looked up each time. */
const maxKnownLength = 200;

/** A chain hides a model of its own name from all but its own elements. */
export function elementsOf(pool: Pool, requested: string): Elements {
  const ofPool = known.get(pool) ?? new LRUCache<string, Elements>({ max: maxKnown });
  known.set(pool, ofPool);
  const before = ofPool.get(requested);
  if (before !== undefined) return before;
  const found = findElements(pool, requested);
  if (requested.length <= maxKnownLength) ofPool.set(requested, found);
  return found;
}

function findElements(pool: Pool, requested: string): Elements {
  const chain = pool.chain(requested);
  if (chain !== undefined) {
    const elements = chain.elements.map((name) => elementOf(pool, name));
    return { chain: chain.name, model: chain.name, elements };
  }
  const element = elementOf(pool, requested);
  return { chain: undefined, model: element.resolved.name, elements: [element] };
}

/** The same with other offers, which `choose` gives for those of the name. */
export function withOffers(route: Elements, choose: (offers: readonly Offer[]) => readonly Offer[]): Elements {
  const elements = route.elements.map((element) => ({
    ...element,
    candidates: choose(element.resolved.offers).map((offer) => routed(offer, element)),
  }));
  return { ...route, elements };
}

/** The chain or listed model that a client means; undefined for one that nobody is known to offer. */
export function listedNameOf(pool: Pool, requested: string): string | undefined {
  const { chain, elements } = elementsOf(pool, requested);
  return chain ?? elements[0]?.resolved.offers.find(({ isKnown }) => isKnown)?.model.name;
}

function elementOf(pool: Pool, requested: string): RouteElement {
  const name = requested.trim().replace(/^models\//, '');
  const resolved = resolve(pool, name);
  const candidates: RoutedCandidate[] = [];
  const listed = name.includes('://') ? name : (resolved.offers[0]?.model.name ?? name);
  const element: RouteElement = { name, listed, resolved, candidates };
  for (const offer of resolved.offers) candidates.push(routed(offer, element));
  return element;
}

function routed(offer: Offer, element: RouteElement): RoutedCandidate {
  const model = upstreamModel(offer);
  const { credential } = offer;
  return { credential, model, shownAs: offer.model.shownAs, key: candidateKey(credential, model), element };
}
