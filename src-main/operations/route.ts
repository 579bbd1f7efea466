// Handlers of who answers and who may ask.
import type { ClientUse } from '../../src-shared/contract/client-policies.ts';
import type { RouteExplanation, routeContract } from '../../src-shared/contract/route.ts';
import type { Implementation, Parsed } from '../../src-shared/operation.ts';

/** The gateway, which answers them. */
export interface Routes {
  explainRoute(query: Parsed<(typeof routeContract)['route.explain']>): Promise<RouteExplanation>;
  clientUsage(): Promise<readonly ClientUse[]>;
  models(): readonly string[];
}

export const routeHandlers = (gateway: Routes): Implementation<typeof routeContract> => ({
  'models.list': () => ({ models: [...gateway.models()] }),
  'route.explain': (query) => gateway.explainRoute(query),
});
