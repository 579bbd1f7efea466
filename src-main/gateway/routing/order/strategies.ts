// The strategies of `routing.strategy`: how the ready candidates of one tier are put in order. They change nothing.
import type { RoutingStrategy } from '../../../../src-shared/routing-strategy.ts';
import type { RoutedCandidate } from '../route/routed-candidate.ts';
import type { LimitRoom } from './limit-room.ts';
import type { TierTurns } from './turns.ts';

/** One candidate of each credential comes in, in the order of the file. */
type Strategy = (
  candidates: readonly RoutedCandidate[],
  turns: TierTurns,
  context: StrategyContext,
) => readonly RoutedCandidate[];

export interface StrategyContext {
  /** What is known of the limits of a candidate; `undefined` while it was never asked. */
  readonly room: (candidate: RoutedCandidate) => LimitRoom | undefined;
}

/** The one that was chosen longest ago comes first. */
const roundRobin: Strategy = (candidates, { lastChosen }) =>
  sortedBy(candidates, ({ credential }) => lastChosen.get(credential.id) ?? 0);

const weighted: Strategy = (candidates, turns, context) => {
  const sharing = candidates.filter(({ credential }) => credential.weight > 0);
  const others = candidates.filter(({ credential }) => credential.weight === 0);
  const owed = ({ credential }: RoutedCandidate) => (turns.credit.get(credential.id) ?? 0) + credential.weight;
  return [...sortedBy(sharing, (candidate) => -owed(candidate)), ...roundRobin(others, turns, context)];
};

/**
 * Those never asked, since one answer tells; those with room, the one whose fullest window renews first before the
 * others; those whose limits are not known; those that are full.
 */
const soonestReset: Strategy = (candidates, turns, context) => {
  const ranks = new Map(candidates.map((candidate) => [candidate, rankOf(context.room(candidate))]));
  return roundRobin(candidates, turns, context).toSorted((one, other) => {
    const [[a, resetA], [b, resetB]] = [ranks.get(one) ?? unknownRank, ranks.get(other) ?? unknownRank];
    return a - b || (resetA === resetB ? 0 : resetA - resetB);
  });
};

type Rank = readonly [group: number, resetsAt: number];
const unknownRank: Rank = [2, 0];

function rankOf(room: LimitRoom | undefined): Rank {
  if (room === undefined) return [0, 0];
  if (room.kind === 'unknown') return unknownRank;
  return room.kind === 'room' ? [1, room.resetsAt ?? Number.MAX_VALUE] : [3, 0];
}

export const strategies: Readonly<Record<RoutingStrategy, Strategy>> = {
  'round-robin': roundRobin,
  'weighted-round-robin': weighted,
  'fill-first': (candidates) => candidates,
  'soonest-reset': soonestReset,
};

/** Stable: equal ones stay in the order of the file. */
function sortedBy<T>(list: readonly T[], value: (item: T) => number): readonly T[] {
  if (list.length < 2) return list;
  return list
    .map((item) => ({ item, value: value(item) }))
    .sort((one, other) => one.value - other.value)
    .map(({ item }) => item);
}
