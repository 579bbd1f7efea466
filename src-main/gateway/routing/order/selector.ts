// The order in which the candidates of a request are tried: the same for requests and for those who ask why.
import type { RoutingStrategy } from '../../../../src-shared/routing-strategy.ts';
import type { Clock } from '../../../lib/time/clock.ts';
import type { CandidateCooldown, Cooldowns } from '../cooldowns.ts';
import type { Credential } from '../credential.ts';
import type { RouteElement } from '../route/elements.ts';
import type { RoutedCandidate } from '../route/routed-candidate.ts';
import { type LimitSource, limitRoomOf } from './limit-room.ts';
import { type StrategyContext, strategies } from './strategies.ts';
import { Turns } from './turns.ts';

export interface SelectorOptions {
  readonly clock: Clock;
  readonly cooldowns: Pick<Cooldowns, 'of'>;
  readonly limits: LimitSource;
}

/** The candidate that a session is bound to. */
export interface Bound {
  readonly key: string;
  /** Its tier when it was bound. */
  readonly priority: number;
}

export class Selector {
  readonly #options: SelectorOptions;
  readonly #turns = new Turns();
  /** Ids of credentials that were asked since the start. */
  readonly #asked = new Set<string>();

  constructor(options: SelectorOptions) {
    this.#options = options;
  }

  /**
   * Element by element and tier by tier those that are ready, then those with a soft cooldown, then those with a hard
   * one; before all of them the one that the request's session is bound to, if it is ready. Changes nothing.
   */
  order(
    elements: readonly Pick<RouteElement, 'resolved' | 'candidates'>[],
    strategy: RoutingStrategy,
    bound?: Bound,
  ): readonly RoutedCandidate[] {
    const [only] = elements;
    const ordered =
      only !== undefined && elements.length === 1
        ? this.#inElement(only, strategy)
        : elements.flatMap((element) => this.#inElement(element, strategy));
    const home = bound && ordered.find((candidate) => this.isHome(candidate, bound));
    return home === undefined ? ordered : [home, ...ordered.filter((candidate) => candidate !== home)];
  }

  /** Whether a session that is bound to it stays with a candidate: not while it cools down. */
  isHome(candidate: RoutedCandidate, { key, priority }: Bound): boolean {
    const isBound = candidate.key === key && candidate.credential.priority === priority;
    return isBound && this.#options.cooldowns.of(candidate) === undefined;
  }

  /** The strategy has chosen it: it has had its turn. `all`: those that could have been chosen, it included. */
  chosen(candidate: RoutedCandidate, all: readonly RoutedCandidate[]): void {
    const { cooldowns } = this.#options;
    const { element, credential } = candidate;
    if (element.candidates.length < 2) return;
    const tier = all.filter(
      (other) =>
        other.element === element &&
        other.credential.priority === credential.priority &&
        cooldowns.of(other) === undefined,
    );
    const name = tierOf(element, credential.priority);
    const pools = byCredential(tier);
    this.#turns.take(
      name,
      credential,
      pools.map(([first]) => first.credential),
    );
    const pool = pools.find(([first]) => first.credential === credential) ?? [candidate];
    const modelOf = ({ key }: RoutedCandidate) => ({ id: key, weight: 1 });
    if (pool.length > 1) this.#turns.take(poolOf(name, credential), modelOf(candidate), pool.map(modelOf));
  }

  /** It is being asked. */
  asked({ credential }: Pick<RoutedCandidate, 'credential'>): void {
    this.#asked.add(credential.id);
  }

  /** Forgets credentials that are gone. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    for (const id of this.#asked) if (!credentialIds.has(id)) this.#asked.delete(id);
  }

  #inElement(
    element: Pick<RouteElement, 'resolved' | 'candidates'>,
    strategy: RoutingStrategy,
  ): readonly RoutedCandidate[] {
    const { candidates } = element;
    if (candidates.length < 2) return candidates;
    const groups: Record<CandidateCooldown['kind'] | 'ready', RoutedCandidate[]> = { ready: [], soft: [], hard: [] };
    for (const candidate of candidates) groups[this.#options.cooldowns.of(candidate)?.kind ?? 'ready'].push(candidate);
    const ready = tiersOf(groups.ready).flatMap(([priority, tier]) =>
      tier.length < 2 ? tier : this.#inTurn(tierOf(element, priority), tier, strategy),
    );
    const inFileOrder = (group: readonly RoutedCandidate[]) => tiersOf(group).flatMap(([, tier]) => tier);
    return [...ready, ...inFileOrder(groups.soft), ...inFileOrder(groups.hard)];
  }

  /** A credential with several models under one name is one candidate for the strategy; its models take turns. */
  #inTurn(name: string, tier: readonly RoutedCandidate[], strategy: RoutingStrategy): readonly RoutedCandidate[] {
    const pools = byCredential(tier);
    const firsts = pools.map(([first]) => first);
    const ordered = strategies[strategy](firsts, this.#turns.of(name), this.#strategyContext);
    if (pools.length === tier.length) return ordered;
    const poolsBy = new Map(pools.map((pool) => [pool[0].credential, pool]));
    return ordered.flatMap(({ credential }) => {
      const { lastChosen } = this.#turns.of(poolOf(name, credential));
      return (poolsBy.get(credential) ?? []).toSorted(
        (one, other) => (lastChosen.get(one.key) ?? 0) - (lastChosen.get(other.key) ?? 0),
      );
    });
  }

  readonly #strategyContext: StrategyContext = {
    room: ({ credential, model }) => {
      const { limits, clock } = this.#options;
      const room = limitRoomOf(limits.windowsOf(credential.id), model, clock.now());
      return room.kind === 'unknown' && !this.#asked.has(credential.id) ? undefined : room;
    },
  };
}

type Tier = readonly [priority: number, candidates: readonly RoutedCandidate[]];

/** The highest priority first. */
function tiersOf(candidates: readonly RoutedCandidate[]): readonly Tier[] {
  const byPriority = Map.groupBy(candidates, ({ credential }) => credential.priority);
  return [...byPriority].sort(([one], [other]) => other - one);
}

/** The candidates of each credential, in the order of the first ones. */
function byCredential(
  candidates: readonly RoutedCandidate[],
): readonly (readonly [RoutedCandidate, ...RoutedCandidate[]])[] {
  const pools = Map.groupBy(candidates, ({ credential }) => credential);
  return [...pools.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [[first, ...rest] as const]));
}

const poolOf = (tier: string, { id }: Credential) => `${tier}\n${id}`;

const tierOf = ({ resolved }: Pick<RouteElement, 'resolved'>, priority: number) =>
  `${resolved.name.toLowerCase()}\n${priority}`;
