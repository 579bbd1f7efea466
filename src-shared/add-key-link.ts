// What a link that offers a provider may fill in. Never a key: links are logged and kept in histories, and whoever
// clicks one has not seen what it carries.

const kinds = ['gemini', 'claude', 'codex', 'vertex', 'openai'] as const;

export interface AddKeyOffer {
  readonly kind: (typeof kinds)[number];
  /** `''` when the link names none. */
  readonly name: string;
  /** `''` when the link names none; else http or https without user, query and fragment. */
  readonly baseUrl: string;
}

const nameForm = /^[\p{L}\p{N} ._-]{0,60}$/u;
const addressForm = /^(https?:\/\/[\w.:[\]-]{1,200}(\/[\w./~-]{0,200})?)?$/;

/** The offer in a link's parameters `provider`, `name` and `base-url`; undefined when one of them is not as it must be. */
export function addKeyOffer(parameter: (name: string) => string | null): AddKeyOffer | undefined {
  const wanted = parameter('provider') ?? 'openai';
  const kind = kinds.find((known) => known === wanted);
  const name = parameter('name') ?? '';
  const baseUrl = parameter('base-url') ?? '';
  if (kind === undefined || !nameForm.test(name) || !addressForm.test(baseUrl)) return undefined;
  return { kind, name, baseUrl };
}
