// The order in which the offers of a model are tried.
import { LRUCache } from 'lru-cache';
import type { SettingValue } from '../../../src-shared/settings.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Candidate } from './credential.ts';
import type { Offer } from './pool.ts';
import { upstreamModel } from './resolver.ts';

/** Names come from clients: no more than this many are remembered. */
const maxCursors = 10_000;

export class Selector {
  /** Where the next turn starts, per model and per provider of a model. Kept over reloads. */
  readonly #cursors = new LRUCache<string, number>({ max: maxCursors });

  /**
   * All offers: those that are ready, then those with a soft cooldown, then those with a hard one. With `round-robin`
   * providers take turns, and within a provider its credentials; with `fill-first` the order of the config stands.
   */
  order(
    name: string,
    offers: readonly Offer[],
    cooldowns: Cooldowns,
    strategy: SettingValue<'routing/strategy'>,
  ): readonly Candidate[] {
    const candidates = offers.map((offer) => ({ credential: offer.credential, model: upstreamModel(offer) }));
    if (candidates.length < 2) return candidates;
    const groups = { ready: [] as Candidate[], soft: [] as Candidate[], hard: [] as Candidate[] };
    for (const candidate of candidates) groups[cooldowns.of(candidate)?.kind ?? 'ready'].push(candidate);
    const ready = strategy === 'fill-first' ? groups.ready : this.#inTurn(name, groups.ready);
    return [...ready, ...groups.soft, ...groups.hard];
  }

  #inTurn(name: string, candidates: readonly Candidate[]): readonly Candidate[] {
    if (candidates.length < 2) return candidates;
    const providers = rotate(byProvider(candidates), this.#step(name));
    // Only the provider that is asked first takes a turn; the others keep theirs.
    return providers.flatMap((list, index) => {
      const key = `${name}\n${list[0]?.credential.provider}`;
      return rotate(list, index === 0 ? this.#step(key) : (this.#cursors.get(key) ?? 0));
    });
  }

  #step(key: string): number {
    const now = this.#cursors.get(key) ?? 0;
    this.#cursors.set(key, (now + 1) % Number.MAX_SAFE_INTEGER);
    return now;
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
