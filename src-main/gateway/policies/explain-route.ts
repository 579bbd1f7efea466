// Where a request would go, and why, without one.
import type { Config } from '../../../src-shared/config.ts';
import type { RouteExplanation } from '../../../src-shared/contract/route.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { credentialName } from '../records/credential-names.ts';
import { elementsOf } from '../routing/route/elements.ts';
import { boundOf, type SessionPeek } from '../routing/sessions/sessions.ts';
import type { ClientLimits } from './client-limits.ts';
import { type Client, type Clients, isExpired } from './clients.ts';
import { accessTo, priceCheck } from './model-access.ts';
import { type RouteRowsContext, routeRows } from './route-rows.ts';

export interface RouteQuery {
  readonly model: string;
  /** The id of a client key, or the name of its policy. */
  readonly key?: string | undefined;
  readonly session?: string | undefined;
}

export interface ExplainContext extends RouteRowsContext {
  readonly config: Config;
  readonly clients: Clients;
  readonly clientLimits: Pick<ClientLimits, 'refusal'>;
  readonly bindings: SessionPeek;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The order of the selector that serves requests. Changes nothing. Rejects with Problem for a client that there is not. */
export async function explainRoute(query: RouteQuery, context: ExplainContext): Promise<RouteExplanation> {
  const { config, pool, now } = context;
  const { model, session: id } = query;
  const client = clientOf(query.key, context);
  // Before the order is looked at, which then is that of one moment.
  const limited = client === undefined ? undefined : await context.clientLimits.refusal(client);
  const asked = elementsOf(pool, model);
  const access = accessTo(asked, client?.policy, priceCheck(config));
  const found =
    client && id !== undefined ? boundOf(context.bindings, { client: client.id, model: asked.model, id }) : undefined;
  const strategy = config.routing.strategy;
  const ordered = context.selector.order(access.elements, strategy, found);
  const candidates = [...routeRows({ asked, model, access, ordered, bound: found, strategy }, context)];
  const expired = client !== undefined && isExpired(client, now) ? 'This API key has expired.' : undefined;
  const refusal = expired ?? access.error?.message ?? limited?.message;
  const home = found && ordered.find(({ key }) => key === found.key);
  return {
    model,
    key: client === undefined || client.key === undefined ? null : { key_id: client.id, name: client.name },
    allowed: refusal === undefined,
    why: refusal ?? (candidates.length === 0 ? `No key or account here offers the model ${model}.` : null),
    chain: asked.chain ?? null,
    strategy,
    session:
      client === undefined || id === undefined
        ? null
        : {
            id,
            source: home?.credential.sourceName ?? null,
            credential: home === undefined ? null : credentialName(home.credential),
          },
    candidates,
  };
}

/** Undefined: nobody in particular, whom no policy holds for. */
function clientOf(key: string | undefined, { clients, config }: ExplainContext): Client | undefined {
  if (key === undefined) return config['api-keys'].length === 0 ? clients.of(undefined) : undefined;
  if (clients.isKey(key))
    throw new Problem('invalid_value', 'Name the client by its key_id or its policy, not by its key.');
  const client = clients.named(key);
  if (client === undefined) throw new Problem('item_not_found');
  return client;
}
