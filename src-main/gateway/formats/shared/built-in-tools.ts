// Tools that the services run themselves. Each format says how it asks for them; here is what they are called.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { defined, objectOf, stringsOf } from '../../model/json.ts';
import type { BuiltInTool } from '../../model/request.ts';

/** What formats call a tool, in all its dated spellings. Only these tools are translated. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(web_search(_preview)?(_\d[\d_]*)?|googleSearch|google_search)$/, 'web_search'],
  [/^(code_execution(_\d+)?|code_interpreter|codeExecution)$/, 'code_execution'],
];

/** Our name of a service's tool; the service's own when we know no other. */
export const builtInName = (word: string): string => spellings.find(([pattern]) => pattern.test(word))?.[1] ?? word;

/** How a web search is narrowed: the sites it may and may not visit, and where the user is. */
export interface SearchLimits {
  readonly allowed?: readonly string[];
  readonly blocked?: readonly string[];
  readonly location?: JsonObject;
}

/** From what a client wrote, in any format. */
export function searchLimits({ raw }: BuiltInTool): SearchLimits {
  const tool = objectOf(raw);
  const filters = objectOf(tool.filters);
  const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? stringsOf(value) : undefined);
  const { approximate, ...location } = objectOf(tool.user_location);
  return defined({
    allowed: list(filters.allowed_domains) ?? list(tool.allowed_domains),
    blocked: list(filters.blocked_domains) ?? list(tool.blocked_domains),
    location: isObject(tool.user_location) ? { ...location, ...objectOf(approximate) } : undefined,
  });
}

/** Says which limits a format has no words for; without them the search sees more than the client wanted. */
export function reportSearchLimits(
  limits: SearchLimits,
  known: readonly (keyof SearchLimits)[],
  dropped: DroppedFields,
) {
  for (const limit of ['allowed', 'blocked', 'location'] as const)
    if (limits[limit] !== undefined && !known.includes(limit))
      dropped.add(
        limit === 'location' ? 'info' : 'warn',
        'tools',
        `web search: ${limitNames[limit]} cannot be carried over`,
      );
}

const limitNames = { allowed: 'allowed domains', blocked: 'blocked domains', location: 'the location of the user' };
