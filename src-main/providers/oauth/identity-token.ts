// What identity tokens say (OpenID Connect Core 1.0, section 2).
import { type Fields, objectIn } from '../../net/provider-request.ts';

/**
 * The claims of an identity token; `undefined` when it is none. The signature is not checked: the token comes straight
 * from the provider over TLS (section 3.1.3.7) and names an account, it grants nothing.
 */
export function claimsIn(idToken: string): Fields | undefined {
  const parts = idToken.split('.');
  return parts.length === 3 ? objectIn(Buffer.from(parts[1] as string, 'base64url').toString('utf8')) : undefined;
}
