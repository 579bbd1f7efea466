// One row per provider, with what the window, the contract and the tray need to know of it. How a provider is signed
// in to and asked stands in `src-main/providers/<id>.ts`.

/**
 * How a person gets to an account: in the browser, which is then sent back to an address on this machine; in the
 * browser, which then shows a code to paste; on any device, by typing a code there (RFC 8628).
 */
export const signInFlows = ['browser', 'manual', 'device'] as const;
export type SignInFlow = (typeof signInFlows)[number];

export interface SignInRow {
  /** Name of the login, as in `GET /codex-auth-url` and `#/accounts/login/codex`. */
  readonly login: string;
  /** Values of `type` in its account files. The first is the one that is written. */
  readonly types: readonly string[];
  /** Other names by which clients call the login when they hand in an answer. */
  readonly aliases: readonly string[];
  /** The flows there are. The first is used unless another is asked for. */
  readonly flows: readonly [SignInFlow, ...SignInFlow[]];
  /** The port on this machine that is registered with the provider. */
  readonly callbackPort?: number;
  /** Whether the person may choose a Google Cloud project. */
  readonly asksForProject?: true;
}

export interface KeyListRow {
  /** Name of the list in the config. */
  readonly list: string;
  /**
   * How entries are written: `compact` leaves empty fields out and drops blank and repeated keys, `complete` always
   * writes key, base URL and proxy, `named` is one named provider with many keys.
   */
  readonly entries: 'compact' | 'complete' | 'named';
  readonly baseUrl: string;
  /** Whether an entry must have a base URL of its own. */
  readonly baseUrlNeeded?: true;
  /** What a form shows in an empty field, where that is not `baseUrl`. */
  readonly exampleUrl?: string;
}

export interface ProviderRow {
  /** As accounts, logs, `oauth-model-alias` and the window's addresses name it. */
  readonly id: string;
  readonly title: string;
  /** Two letters that stand for it in lists. */
  readonly mark: string;
  /** For providers with accounts. */
  readonly signIn?: SignInRow;
  /** For providers with API keys. */
  readonly keys?: KeyListRow;
}

/** The list of named providers that speak OpenAI's API. */
export const compatibleList = 'openai-compatibility';

/** The list of keys that older configs keep as bare strings in a list of its own. */
export const bareKeys = { list: 'gemini-api-key', bareList: 'generative-language-api-key' } as const;

/** In the order in which they are shown, and in which their keys and accounts are asked. */
const rows = [
  {
    id: 'gemini',
    title: 'Gemini',
    mark: 'Ge',
    keys: { ...bareKeys, entries: 'compact', baseUrl: 'https://generativelanguage.googleapis.com' },
  },
  {
    id: 'claude',
    title: 'Claude',
    mark: 'Cl',
    signIn: {
      login: 'anthropic',
      types: ['claude', 'anthropic'],
      aliases: ['claude'],
      flows: ['browser'],
      callbackPort: 54545,
    },
    keys: { list: 'claude-api-key', entries: 'complete', baseUrl: 'https://api.anthropic.com' },
  },
  {
    id: 'codex',
    title: 'Codex',
    mark: 'Co',
    signIn: { login: 'codex', types: ['codex'], aliases: ['openai'], flows: ['browser'], callbackPort: 1455 },
    keys: { list: 'codex-api-key', entries: 'complete', baseUrl: 'https://api.openai.com/v1', baseUrlNeeded: true },
  },
  {
    id: 'gemini-cli',
    title: 'Gemini CLI',
    mark: 'Ge',
    signIn: {
      login: 'gemini-cli',
      types: ['gemini', 'gemini-cli'],
      aliases: ['gemini', 'google'],
      flows: ['browser'],
      callbackPort: 8085,
      asksForProject: true,
    },
  },
  {
    id: 'qwen',
    title: 'Qwen',
    mark: 'Qw',
    signIn: { login: 'qwen', types: ['qwen'], aliases: [], flows: ['device'] },
  },
  {
    id: 'iflow',
    title: 'iFlow',
    mark: 'iF',
    signIn: { login: 'iflow', types: ['iflow'], aliases: ['i-flow'], flows: ['browser'], callbackPort: 11451 },
  },
  {
    id: 'vertex',
    title: 'Vertex',
    mark: 'Ve',
    keys: { list: 'vertex-api-key', entries: 'compact', baseUrl: 'https://aiplatform.googleapis.com' },
  },
  {
    id: 'xai',
    title: 'xAI',
    mark: 'xA',
    keys: { list: 'xai-api-key', entries: 'compact', baseUrl: 'https://api.x.ai/v1' },
  },
  {
    id: 'openai',
    title: 'OpenAI-compatible',
    mark: 'Oa',
    keys: {
      list: compatibleList,
      entries: 'named',
      baseUrl: 'https://api.openai.com/v1',
      baseUrlNeeded: true,
      exampleUrl: 'https://api.example.com/v1',
    },
  },
] as const satisfies readonly ProviderRow[];

type Row = (typeof rows)[number];
export type ProviderId = Row['id'];
export type LoginName = Extract<Row, { readonly signIn: unknown }>['signIn']['login'];
type Keys = Extract<Row, { readonly keys: unknown }>['keys'];
/** The lists whose entries are one API key each. */
export type KeyListName = Exclude<Keys, { readonly entries: 'named' }>['list'];
export type ProviderListName = Keys['list'];

export interface SignInProvider extends ProviderRow {
  readonly signIn: SignInRow & { readonly login: LoginName };
}

export interface KeyProvider extends ProviderRow {
  readonly id: Extract<Row, { readonly keys: unknown }>['id'];
  readonly keys: KeyListRow & { readonly list: ProviderListName };
}

export const providerRows: Readonly<Record<ProviderId, ProviderRow>> = Object.fromEntries(
  rows.map((row) => [row.id, row]),
) as Readonly<Record<ProviderId, ProviderRow>>;

/** Providers one can sign in to. */
export const signInProviders: readonly SignInProvider[] = rows.filter((row) => 'signIn' in row);

export const loginNames: readonly LoginName[] = signInProviders.map(({ signIn }) => signIn.login);

/** Providers that take an API key. */
export const keyProviders: readonly KeyProvider[] = rows.filter((row) => 'keys' in row);

export const keyListNames: readonly KeyListName[] = keyProviders.flatMap(({ keys: { list, entries } }) =>
  entries === 'named' ? [] : [list as KeyListName],
);

/** The provider of an account file, by its `type` or by the id that was made of it; case does not matter. */
export function providerOfType<R extends ProviderRow>(among: readonly R[], type: string): R | undefined {
  const known = type.trim().toLowerCase();
  return among.find(({ id, signIn }) => signIn !== undefined && (id === known || signIn.types.includes(known)));
}

/** The provider of a login, by its name or one of its aliases; case does not matter. */
export function providerOfLogin<R extends ProviderRow>(among: readonly R[], name: string): R | undefined {
  const known = name.trim().toLowerCase();
  return (
    among.find(({ signIn }) => signIn?.login === known) ??
    among.find(({ signIn }) => signIn?.aliases.includes(known) === true)
  );
}
