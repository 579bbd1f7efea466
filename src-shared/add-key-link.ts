// What a link that offers a provider may fill in. Never a key: links are logged and kept in histories, and whoever
// clicks one has not seen what it carries.

import { compatibleList, type KeyProvider, keyProviders } from './providers.ts';

export interface AddKeyOffer {
  readonly kind: KeyProvider['id'];
  /** `''` when the link names none. */
  readonly name: string;
  /** `''` when the link names none; else http or https without user, query and fragment. */
  readonly baseUrl: string;
}

const nameForm = /^[\p{L}\p{N} ._-]{0,60}$/u;
const addressForm = /^(https?:\/\/[\w.:[\]-]{1,200}(\/[\w./~-]{0,200})?)?$/;

/** The offer in a link's parameters `provider`, `name` and `base-url`. Undefined when one of them is not valid. */
export function addKeyOffer(parameter: (name: string) => string | null): AddKeyOffer | undefined {
  const wanted = parameter('provider');
  const provider = keyProviders.find(({ id, keys }) =>
    wanted === null ? keys.list === compatibleList : id === wanted,
  );
  const name = parameter('name') ?? '';
  const baseUrl = parameter('base-url') ?? '';
  if (provider === undefined || !nameForm.test(name) || !addressForm.test(baseUrl)) return undefined;
  return { kind: provider.id, name, baseUrl };
}
