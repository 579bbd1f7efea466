// The order in which the offers of a model are tried: by cooldown, then by priority, then by the strategy.
import type { CandidateCooldown, Cooldowns } from './cooldowns.ts';
import type { Candidate } from './credential.ts';

/**
 * Puts the ready candidates of one priority in order; there are two at least. `isAsked`: the first of them is asked
 * next, so that it has had its turn then; else they are only there if all of a higher priority fail.
 */
export type Strategy = (model: string, tier: Tier, isAsked: boolean) => readonly Candidate[];

/** Candidates of one priority, in the order of the config and then of the account files. */
export interface Tier {
  readonly priority: number;
  readonly candidates: readonly Candidate[];
}

/** The highest priority first. */
export function tiersOf(candidates: readonly Candidate[]): readonly Tier[] {
  const byPriority = Map.groupBy(candidates, ({ credential }) => credential.priority);
  return [...byPriority]
    .map(([priority, members]) => ({ priority, candidates: members }))
    .sort((one, other) => other.priority - one.priority);
}

/**
 * All candidates: tier by tier those that are ready, then tier by tier those with a soft cooldown, then those with a
 * hard one. The strategy decides within a tier of ready ones, and so may keep turns of its own.
 */
export function inOrder(
  model: string,
  candidates: readonly Candidate[],
  cooldowns: Pick<Cooldowns, 'of'>,
  strategy: Strategy,
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const groups: Record<CandidateCooldown['kind'] | 'ready', Candidate[]> = { ready: [], soft: [], hard: [] };
  for (const candidate of candidates) groups[cooldowns.of(candidate)?.kind ?? 'ready'].push(candidate);
  const ready = tiersOf(groups.ready).flatMap((tier, index) =>
    tier.candidates.length < 2 ? tier.candidates : strategy(model, tier, index === 0),
  );
  const inTiers = (group: readonly Candidate[]) => tiersOf(group).flatMap((tier) => tier.candidates);
  return [...ready, ...inTiers(groups.soft), ...inTiers(groups.hard)];
}
