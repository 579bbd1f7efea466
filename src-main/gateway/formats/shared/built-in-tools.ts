// Tools that the services run themselves, and what the same tool is called elsewhere. Only these are translated.

import type { JsonObject } from '../../model/json.ts';
import type { FormatName } from '../format-name.ts';

type Family = 'responses' | 'messages' | 'gemini';

/** By our own name: how each form asks for the tool. */
export const builtInTools: Readonly<Record<string, Readonly<Record<Family, JsonObject>>>> = {
  web_search: {
    responses: { type: 'web_search' },
    messages: { type: 'web_search_20250305', name: 'web_search' },
    gemini: { googleSearch: {} },
  },
  code_execution: {
    responses: { type: 'code_interpreter', container: { type: 'auto' } },
    messages: { type: 'code_execution_20250825', name: 'code_execution' },
    gemini: { codeExecution: {} },
  },
};

/** What a form calls a tool, in all its dated spellings. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(web_search(_preview)?(_\d[\d_]*)?|googleSearch|google_search)$/, 'web_search'],
  [/^(code_execution(_\d+)?|code_interpreter|codeExecution)$/, 'code_execution'],
];

/** Our name of a service's tool; the service's own when we know no other. */
export const builtInName = (word: string): string => spellings.find(([pattern]) => pattern.test(word))?.[1] ?? word;

/** How a form asks for the tool; undefined when it has none like it. */
export function builtInFor(format: FormatName, name: string): JsonObject | undefined {
  const family = format === 'codex' ? 'responses' : format === 'gemini-cli' ? 'gemini' : format;
  return family === 'chat' || family === 'completions' ? undefined : builtInTools[name]?.[family];
}
