// Candidates and a selector over them, without a config around.

import type { CandidateCooldown } from '../../../../src-main/gateway/routing/cooldowns.ts';
import type { Credential } from '../../../../src-main/gateway/routing/credential.ts';
import type { LimitWindow } from '../../../../src-main/gateway/routing/order/limit-room.ts';
import { Selector } from '../../../../src-main/gateway/routing/order/selector.ts';
import type { RouteElement } from '../../../../src-main/gateway/routing/route/elements.ts';
import { candidateKey, type RoutedCandidate } from '../../../../src-main/gateway/routing/route/routed-candidate.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

export interface Planned {
  readonly id: string;
  readonly priority?: number;
  readonly weight?: number;
  readonly cooldown?: CandidateCooldown['kind'];
  readonly windows?: readonly LimitWindow[];
}

/** The element of a model that these offer. Credentials have the members only that the order reads. */
export function elementOf(planned: readonly Planned[], name = 'm'): RouteElement {
  const candidates: RoutedCandidate[] = [];
  const element: RouteElement = { name, listed: name, resolved: { name, offers: [] }, candidates };
  for (const { id, priority = 0, weight = 1 } of planned) {
    const credential = { id, priority, weight, bounds: [] } as unknown as Credential;
    candidates.push({ credential, model: name, key: candidateKey(credential, name), element });
  }
  return element;
}

export function selectorOver(planned: readonly Planned[], clock = new FakeClock()) {
  const byId = new Map(planned.map((one) => [one.id, one]));
  const cooldowns = {
    of: ({ credential }: { readonly credential: { readonly id: string } }): CandidateCooldown | undefined => {
      const kind = byId.get(credential.id)?.cooldown;
      return kind && { kind, until: clock.now() + 60_000, status: 429, message: 'slow down' };
    },
  };
  const limits = { windowsOf: (id: string) => byId.get(id)?.windows ?? [] };
  return new Selector({ clock, cooldowns, limits });
}

export const idsOf = (candidates: readonly RoutedCandidate[]): readonly string[] =>
  candidates.map(({ credential }) => credential.id);

/** Chooses the first one, as a request does, and asks it. */
export function draw(selector: Selector, element: RouteElement, strategy: Parameters<Selector['order']>[1]): string {
  const ordered = selector.order([element], strategy);
  const [first] = ordered;
  if (first === undefined) throw new Error('there is nobody to choose');
  selector.chosen(first, ordered);
  selector.asked(first);
  return first.credential.id;
}
