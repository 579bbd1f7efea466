// How each service is addressed: where, as whom, and with which of the client's headers.

import type { FormatName } from '../formats/formats.ts';
import { objectOf, stringOf, textOf } from '../model/json.ts';
import type { Credential, UpstreamKind } from '../routing/credential.ts';

/** What is asked of an upstream. */
export interface Ask {
  readonly model: string;
  readonly action: 'generate' | 'count';
  readonly stream: boolean;
}

type Headers = Readonly<Record<string, string>>;

export interface Provider {
  readonly format: FormatName;
  /** Below the credential's base address. */
  readonly path: (ask: Ask) => string;
  readonly auth: (credential: Credential) => Headers;
  /** Headers the service cannot do without; the client's own value wins. */
  readonly needs?: Headers;
  /** The client's headers that are passed on. */
  readonly passes: readonly string[];
  /** Whether it counts tokens. */
  readonly counts: boolean;
}

const bearer = (token: string): Headers => (token === '' ? {} : { authorization: `Bearer ${token}` });
const field = ({ account }: Credential, name: string): string => textOf(account?.content[name]);

/** Google's accounts keep their tokens one level down. */
const googleToken = (credential: Credential): string =>
  stringOf(objectOf(credential.account?.content.token).access_token) ?? field(credential, 'access_token');

const geminiAction = ({ action, stream }: Ask): string =>
  action === 'count' ? 'countTokens' : stream ? 'streamGenerateContent?alt=sse' : 'generateContent';

const geminiPath = (ask: Ask): string => `models/${encodeURIComponent(ask.model)}:${geminiAction(ask)}`;

/** The paths of a base address that has its version already, and of one that has not. */
const messagesPath = ({ action }: Ask): string => (action === 'count' ? '/v1/messages/count_tokens' : '/v1/messages');

const openai = ['openai-beta', 'openai-organization', 'openai-project'];

const chatServer: Pick<Provider, 'format' | 'path' | 'counts'> = {
  format: 'chat',
  path: () => '/chat/completions',
  counts: false,
};

export const providers: Readonly<Record<UpstreamKind, Provider>> = {
  compat: { ...chatServer, auth: ({ key }) => bearer(key), passes: openai },
  openai: {
    format: 'responses',
    path: () => '/responses',
    auth: ({ key }) => bearer(key),
    passes: openai,
    counts: false,
  },
  claude: {
    format: 'messages',
    path: messagesPath,
    auth: claudeAuth,
    needs: { 'anthropic-version': '2023-06-01' },
    passes: ['anthropic-version', 'anthropic-beta'],
    counts: true,
  },
  gemini: {
    format: 'gemini',
    path: (ask) => `/v1beta/${geminiPath(ask)}`,
    auth: ({ key }) => ({ 'x-goog-api-key': key }),
    passes: ['x-goog-user-project'],
    counts: true,
  },
  vertex: {
    format: 'gemini',
    path: (ask) => `/v1/publishers/google/${geminiPath(ask)}`,
    auth: ({ key }) => ({ 'x-goog-api-key': key }),
    passes: ['x-goog-user-project'],
    counts: true,
  },
  codex: {
    format: 'codex',
    path: () => '/responses',
    auth: (credential) => {
      const accountId = field(credential, 'account_id');
      return {
        ...bearer(field(credential, 'access_token')),
        ...(accountId === '' ? {} : { 'chatgpt-account-id': accountId }),
      };
    },
    needs: { 'openai-beta': 'responses=experimental' },
    passes: ['openai-beta', 'session_id', 'conversation_id'],
    counts: false,
  },
  'gemini-cli': {
    format: 'gemini-cli',
    path: (ask) => `/v1internal:${geminiAction(ask)}`,
    auth: (credential) => bearer(googleToken(credential)),
    passes: [],
    counts: true,
  },
  qwen: { ...chatServer, auth: (credential) => bearer(field(credential, 'access_token')), passes: [] },
  iflow: { ...chatServer, auth: (credential) => bearer(field(credential, 'api_key')), passes: [] },
};

/** Keys go in Anthropic's own header; tokens of accounts are bearer tokens and need a beta named. */
function claudeAuth(credential: Credential): Headers {
  const { key } = credential;
  if (credential.account === undefined && !key.startsWith('sk-ant-oat')) return { 'x-api-key': key };
  return { ...bearer(key || field(credential, 'access_token')), 'anthropic-beta': 'oauth-2025-04-20' };
}
