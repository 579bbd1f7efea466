// What the services with Google's models have in common.
import type { Provider, UpstreamAction } from '../provider.ts';

/** The method of a model, as it stands behind the colon of an address. */
export const geminiAction = ({ action, stream }: UpstreamAction): string =>
  action === 'count' ? 'countTokens' : stream ? 'streamGenerateContent?alt=sse' : 'generateContent';

export const geminiPath = (action: UpstreamAction): string =>
  `models/${encodeURIComponent(action.model)}:${geminiAction(action)}`;

export const geminiModels: Provider['models'] = {
  owner: 'google',
  family: ['gemini-*'],
  names: [
    'gemini-2.5-flash',
    'gemini-2.5-pro',
    'gemini-2.5-flash-lite',
    'gemini-2.5-flash-image-preview',
    'gemini-2.5-flash-image',
  ],
};
