// Searches of the web that a service made, for services that list all queries and all pages apart.
import type { SearchBlock } from '../../model/events.ts';

/** One for each query. Which query found which page is not known: the last one has all pages. */
export const searchesOf = (queries: readonly string[], pages: SearchBlock['pages']): readonly SearchBlock[] =>
  queries.map((query, at) => ({ kind: 'search', query, pages: at === queries.length - 1 ? pages : [] }));
