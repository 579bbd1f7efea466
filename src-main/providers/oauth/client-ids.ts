// Client ids that the config names, for providers that have given this program none.
import { Problem } from '../../../src-shared/problem.ts';
import type { Provider } from '../provider.ts';

/** The id for a provider in `oauth-client-ids`, `''` without one. */
const clientIdOf = ({ row }: Provider, ids: Readonly<Record<string, string>>): string =>
  (Object.hasOwn(ids, row.id) ? ids[row.id] : undefined)?.trim() ?? '';

/**
 * The same, for a request that is sent with it. Throws Problem `client_id_missing` where the config has to name one and
 * does not.
 */
export function requiredClientId(provider: Provider, ids: Readonly<Record<string, string>>): string {
  const id = clientIdOf(provider, ids);
  if (id === '' && provider.row.signIn?.needsClientId) throw clientIdMissing(provider);
  return id;
}

/** Why there is no login without an id, and what works instead. */
function clientIdMissing({ row: { id, title } }: Provider): Problem {
  const sentence = `${title} has given this program no client id for its login. If it has given you one, name it in the config as oauth-client-ids: {${id}: "…"}. Without one, add an API key of ${title} under openai-compatibility.`;
  return new Problem('client_id_missing', sentence);
}
