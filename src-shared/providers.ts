// One row per provider, with what the window, the contract and the tray need to know of it. How a provider is signed
// in to and asked stands in `src-main/providers/<id>.ts`.
import type { KeyListRow, ProviderRow, SignInRow } from './provider-row.ts';

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
      notice: {
        kind: 'terms',
        since: '2026-02-18',
        read: '2026-11-30',
        url: 'https://www.anthropic.com/legal/consumer-terms',
        instead: ['claude'],
      },
    },
    keys: { list: 'claude-api-key', entries: 'complete', baseUrl: 'https://api.anthropic.com' },
  },
  {
    id: 'codex',
    title: 'Codex',
    mark: 'Co',
    signIn: { login: 'codex', types: ['codex'], aliases: ['openai'], flows: ['browser', 'device'], callbackPort: 1455 },
    keys: {
      list: 'codex-api-key',
      entries: 'complete',
      baseUrl: 'https://api.openai.com/v1',
      baseUrlNeeded: true,
      webSockets: true,
    },
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
      notice: { kind: 'restricted', since: '2026-06-18', read: '2026-11-30', instead: ['gemini', 'vertex'] },
    },
  },
  {
    id: 'xai',
    title: 'xAI',
    mark: 'xA',
    signIn: {
      login: 'xai',
      types: ['xai'],
      aliases: ['grok', 'x-ai'],
      flows: ['device'],
      needsClientId: true,
      notice: {
        kind: 'terms',
        since: '2026-05-15',
        read: '2026-11-30',
        url: 'https://x.ai/legal',
        instead: ['xai'],
      },
    },
    keys: { list: 'xai-api-key', entries: 'compact', baseUrl: 'https://api.x.ai/v1', webSockets: true },
  },
  {
    id: 'openrouter',
    title: 'OpenRouter',
    mark: 'Or',
    signIn: {
      login: 'openrouter',
      types: ['openrouter'],
      aliases: [],
      flows: ['browser', 'manual'],
      keyPage: 'https://openrouter.ai/settings/keys',
    },
  },
  {
    id: 'qwen',
    title: 'Qwen',
    mark: 'Qw',
    signIn: {
      login: 'qwen',
      types: ['qwen'],
      aliases: [],
      flows: ['device'],
      notice: { kind: 'ended', since: '2026-04-15', read: '2026-11-30', instead: ['openai', 'openrouter'] },
    },
  },
  {
    id: 'iflow',
    title: 'iFlow',
    mark: 'iF',
    signIn: {
      login: 'iflow',
      types: ['iflow'],
      aliases: ['i-flow'],
      flows: ['browser'],
      callbackPort: 11451,
      notice: { kind: 'ended', since: '2026-04-17', read: '2026-11-30', instead: ['openrouter'] },
    },
  },
  {
    id: 'vertex',
    title: 'Vertex',
    mark: 'Ve',
    signIn: { login: 'vertex', types: ['vertex'], aliases: [], flows: ['file'] },
    keys: { list: 'vertex-api-key', entries: 'compact', baseUrl: 'https://aiplatform.googleapis.com' },
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
type SignIns = Extract<Row, { readonly signIn: unknown }>['signIn'];
/** Names of all sign-ins, those by a file too. */
export type SignInName = SignIns['login'];
/** Those that are a login, which is started and then waited for. */
export type LoginName = Exclude<SignIns, { readonly flows: readonly ['file'] }>['login'];
type Keys = Extract<Row, { readonly keys: unknown }>['keys'];
/** The lists whose entries are one API key each. */
export type KeyListName = Exclude<Keys, { readonly entries: 'named' }>['list'];
export type ProviderListName = Keys['list'];

export interface SignInProvider extends ProviderRow {
  readonly signIn: SignInRow & { readonly login: SignInName };
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

/** Whether one signs in by a login, not by a file. */
export const hasLogin = ({ flows }: SignInRow): boolean => flows.some((flow) => flow !== 'file');

export const loginNames: readonly LoginName[] = signInProviders.flatMap(({ signIn }) =>
  hasLogin(signIn) ? [signIn.login as LoginName] : [],
);

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
