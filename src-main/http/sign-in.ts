// The exchange of the token in a sign-in link for a session's key.
import type { ManagementKey } from '../management-auth/management-key.ts';
import { type ClientFacts, clientAddress } from './auth/client-address.ts';
import { presentedKey } from './auth/management-auth.ts';
import { type HttpResponse, json } from './response.ts';

/** Takes the token as a bearer, so that it stands in no address and no body that is logged. */
export const signInPath = '/sign-in';

/** `request` is an `IncomingMessage`. Other machines learn nothing, whatever they send. */
export function signIn(request: ClientFacts, key: ManagementKey): HttpResponse {
  const { local } = clientAddress(request);
  const session = local ? key.exchange(presentedKey(request.headers)) : undefined;
  if (session !== undefined) return json({ key: session });
  const message = 'This link was used already or is too old. Start the program again for a new one, or enter the key.';
  return json({ error: 'invalid token', message }, local ? 401 : 403);
}
