// Which requests the gateway answers, and what each of them asks for.
import type { FormatName } from '../formats/format-name.ts';

/** The forms clients speak. */
export type ClientFormat = Extract<FormatName, 'chat' | 'completions' | 'responses' | 'messages' | 'gemini'>;

export type Route =
  | {
      readonly kind: 'generate' | 'count';
      readonly format: ClientFormat;
      /** Gemini says both in the address. */
      readonly model?: string;
      readonly stream?: boolean;
    }
  | { readonly kind: 'models'; readonly format: 'chat' | 'gemini' }
  | { readonly kind: 'model'; readonly format: 'chat' | 'gemini'; readonly model: string };

const posts = new Map<string, Extract<Route, { kind: 'generate' | 'count' }>>(
  Object.entries({
    '/v1/chat/completions': { kind: 'generate', format: 'chat' },
    '/v1/completions': { kind: 'generate', format: 'completions' },
    '/v1/responses': { kind: 'generate', format: 'responses' },
    '/v1/messages': { kind: 'generate', format: 'messages' },
    '/v1/messages/count_tokens': { kind: 'count', format: 'messages' },
  }),
);

const geminiActions = new Map<string, { readonly kind: 'generate' | 'count'; readonly stream?: boolean }>(
  Object.entries({
    generateContent: { kind: 'generate', stream: false },
    streamGenerateContent: { kind: 'generate', stream: true },
    countTokens: { kind: 'count' },
  }),
);

/** Whether the gateway answers for this path, be it with 404. */
export const isGatewayPath = (path: string): boolean => /^\/v1(?:beta)?\//.test(path);

/** `path` without query. Model names may hold slashes. Undefined: there is no such route. */
export function routeOf(method: string, path: string): Route | undefined {
  if (method === 'POST') {
    const [, model, action] = /^\/v1beta\/models\/(.+):([A-Za-z]+)$/.exec(path) ?? [];
    const known = action === undefined ? undefined : geminiActions.get(action);
    return known && model !== undefined ? { ...known, format: 'gemini', model: decoded(model) } : posts.get(path);
  }
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (path === '/v1/models') return { kind: 'models', format: 'chat' };
  if (path === '/v1beta/models') return { kind: 'models', format: 'gemini' };
  const [, version, model] = /^\/v1(beta)?\/models\/(.+)$/.exec(path) ?? [];
  return model === undefined
    ? undefined
    : { kind: 'model', format: version ? 'gemini' : 'chat', model: decoded(model) };
}

/** The form in which errors of a path are told, whatever the method. */
export function formatOfPath(path: string): ClientFormat {
  if (path.startsWith('/v1beta/')) return 'gemini';
  return posts.get(path)?.format ?? 'chat';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
