// All candidates of a model for one client: those in the order they would be tried, and behind them those left out.
import type { RouteCandidateRow } from '../../../src-shared/contract/route.ts';
import type { RoutingStrategy } from '../../../src-shared/routing-strategy.ts';
import type { Bound } from '../routing/order/selector.ts';
import type { Pool } from '../routing/pool.ts';
import { type Elements, elementsOf } from '../routing/route/elements.ts';
import type { RoutedCandidate } from '../routing/route/routed-candidate.ts';
import { type ExplainServices, explainOrder, rowOf } from './explain-order.ts';
import type { Access } from './model-access.ts';

export interface RouteRowsContext extends ExplainServices {
  readonly pool: Pool;
  /** What there would be if nothing were disabled or excluded. */
  readonly unrestricted: () => Pool;
}

export interface RouteQuestion {
  readonly asked: Elements;
  /** As it was asked for. */
  readonly model: string;
  readonly access: Pick<Access, 'rejected'>;
  /** As the selector has put them. */
  readonly ordered: readonly RoutedCandidate[];
  readonly bound: Bound | undefined;
  readonly strategy: RoutingStrategy;
}

export function routeRows(question: RouteQuestion, context: RouteRowsContext): readonly RouteCandidateRow[] {
  return [
    ...explainOrder(context, question),
    ...question.access.rejected.map(({ candidate, why }) => rowOf(candidate, 'not-allowed', why)),
    ...takenAway(question, context),
  ];
}

/** Of each model that was asked for, with the pool that it was compared with: neither changes. */
const knownAway = new WeakMap<Elements, { readonly whole: Pool; readonly rows: readonly RouteCandidateRow[] }>();

/** Those that would be there if they were not disabled, or the model not excluded. */
function takenAway(
  { asked, model }: RouteQuestion,
  { pool, unrestricted }: RouteRowsContext,
): readonly RouteCandidateRow[] {
  const whole = unrestricted();
  const known = knownAway.get(asked);
  if (known?.whole === whole) return known.rows;
  const rows = findTakenAway(asked, elementsOf(whole, model), pool);
  knownAway.set(asked, { whole, rows });
  return rows;
}

function findTakenAway(asked: Elements, { elements: all }: Elements, pool: Pool): readonly RouteCandidateRow[] {
  const keyOf = (name: string, { key }: RoutedCandidate) => `${name}\n${key}`;
  const known = new Set(asked.elements.flatMap(({ name, candidates }) => candidates.map((one) => keyOf(name, one))));
  const away = all.flatMap(({ name, candidates }) => candidates.filter((one) => !known.has(keyOf(name, one))));
  if (away.length === 0) return [];
  const enabled = new Set(pool.credentials.map(({ id }) => id));
  return away.map((candidate) =>
    enabled.has(candidate.credential.id)
      ? rowOf(candidate, 'excluded', 'The model is excluded for it.')
      : rowOf(candidate, 'disabled', 'It is disabled.'),
  );
}
