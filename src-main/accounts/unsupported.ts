// Account files that this program keeps but cannot use, with a sentence that says why and what helps.

import { isObject } from '../../src-shared/json.ts';
import type { AuthFile } from '../auth-files/auth-file.ts';
import { providers as programProviders, providerOfFile } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';

export interface UnsupportedFile {
  readonly name: string;
  readonly type: string;
  readonly message: string;
}

/** Undefined for a file that can be used, and for one that is no JSON object: that is another kind of trouble. */
export function unsupportedFile(
  { name, type, content }: Pick<AuthFile, 'name' | 'type' | 'content'>,
  providers: readonly Provider[] = programProviders,
): UnsupportedFile | undefined {
  if (content === undefined) return undefined;
  if (type !== '' && providerOfFile(providers, type)?.upstream.account !== undefined) return undefined;
  return { name, type, message: sentence(type, content) };
}

const maxTypeLength = 60;

function sentence(type: string, content: Readonly<Record<string, unknown>>): string {
  if (type === 'service_account') {
    return 'This is the key of a Google service account, which cannot be used as it is. Import it under Vertex.';
  }
  if (type !== '') {
    return `Accounts of the kind ${type.slice(0, maxTypeLength)} cannot be used by this program. Use a provider that it can sign in to.`;
  }
  if (isObject(content.tokens) || 'OPENAI_API_KEY' in content) {
    return "This is Codex' own auth.json, which cannot be used as it is. Sign in with Codex here.";
  }
  return 'This file does not say of which provider it is, so it cannot be used. Sign in here instead.';
}
