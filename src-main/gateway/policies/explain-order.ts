// Why a request would go where it goes: the order that serves requests, in words.
import type { RouteCandidateRow, RouteVerdict } from '../../../src-shared/contract/route.ts';
import type { RoutingStrategy } from '../../../src-shared/routing-strategy.ts';
import { credentialName, providerOf } from '../records/credential-names.ts';
import type { Places } from '../routing/bounds/places.ts';
import type { Cooldowns } from '../routing/cooldowns.ts';
import type { Bound, Selector } from '../routing/order/selector.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';

export interface ExplainServices {
  readonly selector: Selector;
  readonly cooldowns: Cooldowns;
  readonly places: Places;
}

interface ExplainOptions {
  /** As the selector has put them. */
  readonly ordered: readonly RoutedCandidate[];
  readonly bound: Bound | undefined;
  readonly strategy: RoutingStrategy;
}

/** Those that would be tried in their order, then those that are left out because they are full or cooling down. */
export function explainOrder(services: ExplainServices, options: ExplainOptions): readonly RouteCandidateRow[] {
  const tried: RouteCandidateRow[] = [];
  const full: RouteCandidateRow[] = [];
  const cooling: RouteCandidateRow[] = [];
  for (const candidate of options.ordered) {
    const { verdict, why, until } = judge(candidate, services, options);
    if (verdict === 'full') full.push(rowOf(candidate, verdict, why, until));
    else if (verdict === 'cooling') cooling.push(rowOf(candidate, verdict, why, until));
    else if (tried.length === 0) tried.push(rowOf(candidate, 'next', `${why} It is asked first.`, until));
    else tried.push(rowOf(candidate, 'later', why, until));
  }
  return [...tried, ...full, ...cooling];
}

interface Judgement {
  /** Undefined for one that would be tried. */
  readonly verdict: 'full' | 'cooling' | undefined;
  readonly why: string;
  readonly until: string | null;
}

function judge(
  candidate: RoutedCandidate,
  { selector, cooldowns, places }: ExplainServices,
  { bound, strategy }: ExplainOptions,
): Judgement {
  const cooldown = cooldowns.of(candidate);
  const until = cooldown === undefined ? null : new Date(cooldown.until).toISOString();
  if (cooldown?.kind === 'hard')
    return { verdict: 'cooling', why: `It was answered with ${cooldown.status}: ${cooldown.message}`, until };
  const full = places.fullBound(candidate.credential);
  if (full !== undefined)
    return { verdict: 'full', why: `${full.owner} answers ${full.max} at the same time already.`, until };
  if (cooldown !== undefined)
    return { verdict: undefined, why: `It failed with ${cooldown.status}, so it is asked after the others.`, until };
  if (bound !== undefined && selector.isHome(candidate, bound))
    return { verdict: undefined, why: 'The session is bound to it.', until };
  return { verdict: undefined, why: `By priority ${candidate.credential.priority} and ${strategy}.`, until };
}

export function rowOf(
  { credential, model, element }: RoutedCandidate,
  verdict: RouteVerdict,
  why: string,
  until: string | null = null,
): RouteCandidateRow {
  return {
    source: credential.sourceName,
    credential: credentialName(credential),
    auth_index: credential.authIndex,
    provider: providerOf(credential),
    model_sent: model,
    element: element.name,
    priority: credential.priority,
    weight: credential.weight,
    verdict,
    why,
    until,
  };
}
