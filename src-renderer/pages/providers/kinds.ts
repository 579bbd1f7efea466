// The five lists of provider keys and what their entries have.
import type { CompatibilityProvider, KeyEntry, KeyListName } from '../../../src-shared/config.ts';

export type ListName = KeyListName | 'openai-compatibility';
export type Entry = KeyEntry | CompatibilityProvider;

export interface Kind {
  readonly list: ListName;
  /** Its place in the address: `#/providers/gemini`. */
  readonly id: 'gemini' | 'claude' | 'codex' | 'vertex' | 'openai';
  readonly name: string;
  readonly mark: string;
  /** One provider with a name and many keys, instead of one key per entry. */
  readonly named: boolean;
  readonly baseUrlNeeded: boolean;
  /** Where its keys come from. */
  readonly defaultUrl: string;
}

export const kinds: readonly Kind[] = [
  {
    list: 'gemini-api-key',
    id: 'gemini',
    name: 'Gemini',
    mark: 'Ge',
    named: false,
    baseUrlNeeded: false,
    defaultUrl: 'https://generativelanguage.googleapis.com',
  },
  {
    list: 'claude-api-key',
    id: 'claude',
    name: 'Claude',
    mark: 'Cl',
    named: false,
    baseUrlNeeded: false,
    defaultUrl: 'https://api.anthropic.com',
  },
  {
    list: 'codex-api-key',
    id: 'codex',
    name: 'Codex',
    mark: 'Co',
    named: false,
    baseUrlNeeded: true,
    defaultUrl: 'https://api.openai.com/v1',
  },
  {
    list: 'vertex-api-key',
    id: 'vertex',
    name: 'Vertex',
    mark: 'Ve',
    named: false,
    baseUrlNeeded: false,
    defaultUrl: 'https://aiplatform.googleapis.com',
  },
  {
    list: 'openai-compatibility',
    id: 'openai',
    name: 'OpenAI-compatible',
    mark: 'Oa',
    named: true,
    baseUrlNeeded: true,
    defaultUrl: 'https://api.example.com/v1',
  },
];
