// Whose turn it is among the candidates of one tier. Kept over reloads.
import { LRUCache } from 'lru-cache';

/** Names come from clients: no more than this many are remembered. */
const maxTiers = 10_000;

/** What is remembered of those who take turns, by their ids. */
export interface TierTurns {
  /** Grows with each choice: the lower, the longer ago. */
  readonly lastChosen: ReadonlyMap<string, number>;
  /** What the smooth weighted strategy owes each of them. Sums up to 0 over those that take part. */
  readonly credit: ReadonlyMap<string, number>;
}

/** One of those that a choice was made from. */
export interface TurnTaker {
  readonly id: string;
  readonly weight: number;
}

const none: TierTurns = { lastChosen: new Map(), credit: new Map() };

export class Turns {
  readonly #tiers = new LRUCache<string, { lastChosen: Map<string, number>; credit: Map<string, number> }>({
    max: maxTiers,
  });
  #count = 0;

  /** Reading takes no turn. */
  of(tier: string): TierTurns {
    return this.#tiers.peek(tier) ?? none;
  }

  /** `chosen` has had its turn. `others`: all that could have been chosen, in any order, it included. */
  take(tier: string, chosen: TurnTaker, others: readonly TurnTaker[]): void {
    const turns = this.#tiers.get(tier) ?? { lastChosen: new Map(), credit: new Map() };
    this.#tiers.set(tier, turns);
    this.#count += 1;
    turns.lastChosen.set(chosen.id, this.#count);
    // nginx' smooth weighted round-robin: each earns its weight, the chosen one pays for all.
    let total = 0;
    for (const { id, weight } of others) {
      total += weight;
      turns.credit.set(id, (turns.credit.get(id) ?? 0) + weight);
    }
    turns.credit.set(chosen.id, (turns.credit.get(chosen.id) ?? 0) - total);
    if (turns.credit.size > 2 * others.length + 16) forgetAllBut(turns, others);
  }
}

/** Keys that are gone from the config. */
function forgetAllBut(
  turns: { lastChosen: Map<string, number>; credit: Map<string, number> },
  kept: readonly TurnTaker[],
) {
  const keys = new Set(kept.map(({ id }) => id));
  for (const map of [turns.lastChosen, turns.credit]) for (const key of map.keys()) if (!keys.has(key)) map.delete(key);
}
