// The strategies by which the offers of a model are put in order, and whose turn it is.
import { LRUCache } from 'lru-cache';
import type { SettingValue } from '../../../src-shared/settings.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Candidate } from './credential.ts';
import { inOrder, type Strategy, type Tier } from './order.ts';
import type { Offer } from './pool.ts';
import { upstreamModel } from './resolver.ts';

/** Names come from clients: no more than this many are remembered. */
const maxCursors = 10_000;

export class Selector {
  /** `round-robin`: providers take turns, and within a provider its credentials. */
  readonly #strategies: Readonly<Record<SettingValue<'routing/strategy'>, Strategy>> = {
    'round-robin': (name, tier, isAsked) => this.#inTurn(name, tier, isAsked),
    'fill-first': (_, { candidates }) => candidates,
    'weighted-round-robin': (name, tier, isAsked) => this.#inTurn(name, tier, isAsked),
    'soonest-reset': (name, tier, isAsked) => this.#inTurn(name, tier, isAsked),
  };
  /** Where the next turn starts, per model and per provider of a model. Kept over reloads. */
  readonly #cursors = new LRUCache<string, number>({ max: maxCursors });

  /** All offers in the order in which they are tried, those with a hard cooldown included. */
  order(
    name: string,
    offers: readonly Offer[],
    cooldowns: Cooldowns,
    strategy: SettingValue<'routing/strategy'>,
  ): readonly Candidate[] {
    const candidates = offers.map((offer) => ({ credential: offer.credential, model: upstreamModel(offer) }));
    return inOrder(name, candidates, cooldowns, this.#strategies[strategy]);
  }

  #inTurn(name: string, { priority, candidates }: Tier, isAsked: boolean): readonly Candidate[] {
    const turns = `${name}\n${priority}`;
    const providers = rotate(byProvider(candidates), this.#turn(turns, isAsked));
    // Only the provider that is asked first takes a turn; the others keep theirs.
    return providers.flatMap((list, index) =>
      rotate(list, this.#turn(`${turns}\n${list[0]?.credential.provider}`, isAsked && index === 0)),
    );
  }

  #turn(key: string, isTaken: boolean): number {
    const turn = this.#cursors.get(key) ?? 0;
    if (isTaken) this.#cursors.set(key, (turn + 1) % Number.MAX_SAFE_INTEGER);
    return turn;
  }
}

/** Most credentials first, then by name. */
function byProvider(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = Map.groupBy(candidates, ({ credential }) => credential.provider);
  return [...groups]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([, list]) => list);
}

function rotate<T>(list: readonly T[], by: number): readonly T[] {
  const first = by % list.length;
  return first === 0 ? list : [...list.slice(first), ...list.slice(0, first)];
}
