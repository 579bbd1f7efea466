// The conversation that a request belongs to, and where that is bound.
import { readValue } from '../../bytes/json-members.ts';
import type { ClientRequest } from '../../client/client-request.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { sessionByContent, sessionIdOf } from '../../routing/sessions/session-id.ts';
import { openSession, type Session } from '../../routing/sessions/sessions.ts';
import type { RequestContext, RequestServices } from '../request-context.ts';

/** Only requests of the formats belong to conversations. */
type SessionContext = Pick<RequestContext, 'client' | 'config' | 'headers'> & { readonly request: ClientRequest };

/** As the client names it; undefined when it does not. */
export function sessionIdIn({ request, headers }: Pick<SessionContext, 'request' | 'headers'>): string | undefined {
  const { body, members, format } = request;
  return sessionIdOf(headers, () => [readValue(body, members, 'prompt_cache_key'), format.client.sessionOf?.(request)]);
}

/** Undefined for a request that goes wherever the strategy says. `model`: as asked for, without prefix and suffix. */
export function openSessionOf(
  { bindings }: Pick<RequestServices, 'bindings'>,
  context: SessionContext,
  model: string,
): Session | Promise<Session> | undefined {
  const { config, request } = context;
  const client = context.client.id;
  const affinity = config.routing['session-affinity'];
  if (affinity === 'false') return undefined;
  const id = sessionIdIn(context) ?? (affinity === 'true' ? contentId(client, model, request) : undefined);
  return id === undefined ? undefined : openSession(bindings, { client, model, id });
}

/** A request that cannot be read is told so when it is sent. */
function contentId(client: string, model: string, request: ClientRequest): string | undefined {
  try {
    return sessionByContent(client, model, request.decoded());
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return undefined;
  }
}
