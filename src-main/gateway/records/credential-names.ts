// How records name a credential. Nothing here is secret.
import { compatibleList } from '../../../src-shared/providers.ts';
import { mask } from '../../lib/mask.ts';
import type { Credential } from '../routing/credential.ts';

/** The provider's id; one name for all that are named in the config. */
export const providerOf = ({ isNamed, provider }: Credential): string => (isNamed ? compatibleList : provider);

/** The account's file name, or the masked key. */
export const credentialName = ({ account, key }: Credential): string => account?.name ?? mask(key);
