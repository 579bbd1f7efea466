// What providers that speak OpenAI's API have in common.
import { joinUrl } from '../net/join-url.ts';
import type { Headers, KeyUpstream, Upstream } from './provider.ts';

/** `{}` without a token: some servers want none. */
export const bearer = (token: string): Headers => (token === '' ? {} : { authorization: `Bearer ${token}` });

/** The client's headers that OpenAI's own API understands. */
export const openAiHeaders: readonly string[] = ['openai-beta', 'openai-organization', 'openai-project'];

/** A server of chat completions. */
export const chatServer: Pick<Upstream, 'format' | 'path' | 'counts'> = {
  format: 'chat',
  path: () => '/chat/completions',
  counts: false,
};

/** The list of models of OpenAI's API. */
export const listsOpenAiModels: Pick<KeyUpstream, 'modelList' | 'offersListed'> = {
  modelList: (baseUrl, key) => ({ url: joinUrl(baseUrl, '/models').href, headers: bearer(key) }),
  offersListed: true,
};
