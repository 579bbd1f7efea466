// Searches that the service made, as Responses has them: an item each.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { SearchBlock } from '../../../model/events.ts';
import { objectOf, objectsOf, stringsOf, textOf } from '../../../model/json.ts';
import { searchesOf } from '../../shared/searches.ts';

const type = 'web_search_call';

/** Asks the service to tell which pages its searches found; the text cites only some of them. */
export const includedSources = 'web_search_call.action.sources';

/** How ids of searches begin that another service made. */
export const ownSearchPrefix = 'ws_own_';

/** The searches of an item: one for each query. Opened pages are no searches. */
export function readSearches(item: JsonObject): readonly SearchBlock[] {
  const action = objectOf(item.action);
  if (item.type !== type || action.type !== 'search') return [];
  const queries = Array.isArray(action.queries) ? stringsOf(action.queries) : [];
  const pages = objectsOf(action.sources).flatMap(({ url }) => (typeof url === 'string' ? [{ url }] : []));
  return searchesOf(queries.length > 0 ? queries : [textOf(action.query)], pages);
}

export function searchItem(id: string, { query, pages }: SearchBlock, status: 'in_progress' | 'completed'): JsonObject {
  const sources = pages.map(({ url }) => ({ type: 'url', url }));
  return { id, type, status, action: { type: 'search', query, queries: [query], sources } };
}

/** The events between the announcement of the item and its end. */
export const searchEvents = ['in_progress', 'searching', 'completed'].map((step) => `response.${type}.${step}`);
