// Which candidate a request goes to: the order of its candidates, the place that one has, and the session's own one.
import type { Config } from '../../../../src-shared/config.ts';
import type { Slots } from '../../../storage/slots.ts';
import type { AttemptError } from '../../model/errors/attempt-error.ts';
import type { PlaceQueue } from '../../routing/bounds/place-queue.ts';
import type { Places } from '../../routing/bounds/places.ts';
import type { Cooldowns } from '../../routing/cooldowns.ts';
import type { Bound, Selector } from '../../routing/order/selector.ts';
import type { RouteElement } from '../../routing/route/elements.ts';
import type { RoutedCandidate } from '../../routing/route/routed-candidate.ts';
import type { Session } from '../../routing/sessions/sessions.ts';
import type { Taken } from './retry-loop.ts';

export interface OrderServices {
  readonly selector: Selector;
  readonly places: Places;
  readonly queue: PlaceQueue;
  readonly cooldowns: Cooldowns;
  /** Places of all instances together; absent where there is only one. */
  readonly slots?: Slots | undefined;
}

interface OrderOptions {
  readonly elements: readonly RouteElement[];
  readonly config: Config;
  /** Whose turn it is in the queue. */
  readonly client: string;
  readonly session: Session | undefined;
  readonly signal: AbortSignal;
}

export class CandidateOrder {
  /** In the order they are tried, those with a hard cooldown included. */
  readonly all: readonly RoutedCandidate[];
  /** Where the session was bound when the request came. */
  readonly bound: Bound | undefined;
  readonly #services: OrderServices;
  readonly #options: OrderOptions;
  readonly #tried = new Set<RoutedCandidate>();
  #isChosen = false;

  constructor(services: OrderServices, options: OrderOptions) {
    this.#services = services;
    this.#options = options;
    const { elements, config, session } = options;
    this.bound = session?.bound;
    this.all = services.selector.order(elements, config.routing.strategy, this.bound);
  }

  /** Those that may be asked at all. */
  get askable(): readonly RoutedCandidate[] {
    return this.all.filter((candidate) => this.#services.cooldowns.of(candidate)?.kind !== 'hard');
  }

  /** The first of them that has room, with a place; waits while all are full. */
  take(left: readonly RoutedCandidate[]): Taken | Promise<Taken> {
    const taken = this.#takeNow(left);
    const { slots } = this.#services;
    if (slots === undefined) return taken ?? this.#wait(left, this.#queueMs);
    return this.#takeOfAll(slots, left, taken);
  }

  /** The client has its response from this one. */
  answered(candidate: RoutedCandidate): void {
    const { session } = this.#options;
    if (session === undefined) return;
    const home = this.all.find(({ key }) => key === session.bound?.key);
    // A full one gets its sessions back; one that cools down has lost them.
    if (home !== candidate && (home === undefined || this.#services.cooldowns.of(home) !== undefined))
      session.move(candidate);
  }

  #takeNow(left: readonly RoutedCandidate[]): Taken | undefined {
    const { places, cooldowns } = this.#services;
    for (const candidate of left) {
      if (places.fullBound(candidate.credential) !== undefined) continue;
      // Others may have found out while this request waited; what it found out itself does not keep it from a next round.
      if (cooldowns.of(candidate)?.kind === 'hard' && !this.#tried.has(candidate)) continue;
      this.#tried.add(candidate);
      if (!this.#isChosen) this.#choose(candidate);
      return { candidate, release: places.take(candidate.credential) };
    }
    return undefined;
  }

  #choose(candidate: RoutedCandidate): void {
    this.#isChosen = true;
    const { selector, places, cooldowns } = this.#services;
    const { session } = this.#options;
    const isHome = session?.bound !== undefined && selector.isHome(candidate, session.bound);
    if (isHome) return;
    // Those that are full could not have been chosen, so that they have had no turn.
    const able = this.all.filter((one) => one === candidate || places.fullBound(one.credential) === undefined);
    if (cooldowns.of(candidate) === undefined) selector.chosen(candidate, able);
    if (session === undefined) return;
    const home = this.all.find((one) => session.bound !== undefined && selector.isHome(one, session.bound));
    // Requests of one session that come together go together. While its own candidate is only full it keeps it.
    if (home === undefined) session.move(candidate);
  }

  /** A place here, and one among all instances. Waits here while there is none there. */
  async #takeOfAll(slots: Slots, left: readonly RoutedCandidate[], first: Taken | undefined): Promise<Taken> {
    const { places } = this.#services;
    const until = performance.now() + this.#queueMs;
    for (let taken = first; ; taken = this.#takeNow(left)) {
      taken ??= await this.#wait(left, until - performance.now());
      if ('error' in taken) return taken;
      const { candidate, release } = taken;
      const { bounds } = candidate.credential;
      if (bounds.length === 0) return taken;
      const full = await slots.take(bounds);
      if (full === undefined)
        return {
          candidate,
          release: () => {
            slots.release(bounds);
            release();
          },
        };
      places.markFullElsewhere(full.id);
      release();
    }
  }

  get #queueMs(): number {
    return this.#options.config['queue-timeout-seconds'] * 1_000;
  }

  async #wait(left: readonly RoutedCandidate[], timeoutMs: number): Promise<Taken> {
    const { queue, places, cooldowns } = this.#services;
    const { client, signal } = this.#options;
    const isOut = (candidate: RoutedCandidate) =>
      cooldowns.of(candidate)?.kind === 'hard' && !this.#tried.has(candidate);
    const take = () => this.#takeNow(left) ?? (left.every(isOut) ? noneLeft : undefined);
    const taken = left.every(isOut) ? noneLeft : await queue.wait({ client, take, signal, timeoutMs });
    if (taken !== undefined) return taken;
    const bound = left.map(({ credential }) => places.fullBound(credential)).find((one) => one !== undefined);
    return { error: queueTimeout(bound, this.#queueMs) };
  }
}

const noneLeft: Taken = {
  error: { status: 503, code: 'no_credential', message: 'All keys and accounts that were left are cooling down.' },
};

function queueTimeout(bound: { readonly owner: string; readonly max: number } | undefined, ms: number): AttemptError {
  const who =
    bound === undefined
      ? 'All keys and accounts answer as many requests as they may'
      : `${bound.owner} answers at most ${bound.max} ${bound.max === 1 ? 'request' : 'requests'} at the same time (max-concurrent)`;
  const waited = ms > 0 ? ` No place was free within ${ms / 1_000} s.` : '';
  return { status: 429, code: 'queue_timeout', message: `${who}.${waited} Ask again in a moment.`, retryAfter: 1 };
}
