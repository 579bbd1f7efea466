// How records name a credential. Nothing here is secret.
import { compatibleList } from '../../../src-shared/providers.ts';
import { mask } from '../../lib/mask.ts';
import type { Credential } from '../routing/credential.ts';

/** The provider's id; one name for all that are named in the config. */
export const providerOf = ({ isNamed, provider }: Credential): string => (isNamed ? compatibleList : provider);

/** Every request names its credential several times. */
const maskedKeys = new WeakMap<Credential, string>();

/** The account's file name, or the masked key. */
export function credentialName(credential: Credential): string {
  const { account, key } = credential;
  if (account !== undefined) return account.name;
  const masked = maskedKeys.get(credential) ?? mask(key);
  maskedKeys.set(credential, masked);
  return masked;
}
