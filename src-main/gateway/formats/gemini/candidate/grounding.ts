// Citations as Gemini has them: sources once, and places in the text, counted in bytes, that point to them.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import type { SearchBlock } from '../../../model/events.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf, stringsOf, textOf } from '../../../model/json.ts';
import { byteAt, characterAt, charactersIn, charactersOf } from '../../../model/text/characters.ts';
import { type Citation, sourcesOf } from '../../../model/text/citation.ts';
import { searchesOf } from '../../shared/searches.ts';
import { field } from '../spelling.ts';

/** The citations of a candidate. `text` is all of its text; a place in a later part begins behind the parts before it. */
export function readGrounding(candidate: JsonObject, text: string, parts: readonly string[] = []): readonly Citation[] {
  const at = (segment: JsonObject) => {
    const part = numberOf(field(segment, 'partIndex')) ?? 0;
    const before = parts.slice(0, part).reduce((sum, one) => sum + Buffer.byteLength(one), 0);
    const end = numberOf(field(segment, 'endIndex'));
    if (end === undefined) return {};
    const start = numberOf(field(segment, 'startIndex')) ?? 0;
    return { start: characterAt(text, before + start), end: characterAt(text, before + end) };
  };
  const grounding = objectOf(field(candidate, 'groundingMetadata'));
  const sources = objectsOf(field(grounding, 'groundingChunks')).map(readSource);
  const supported = objectsOf(field(grounding, 'groundingSupports')).flatMap((support) => {
    const indexes = field(support, 'groundingChunkIndices');
    const place = at(objectOf(support.segment));
    return (Array.isArray(indexes) ? indexes : []).flatMap((index) => {
      const source = sources[Number(index)];
      return source === undefined ? [] : [{ ...source, ...place }];
    });
  });
  const unsupported = sources.filter((source) => source && !supported.some(({ url }) => url === source.url));
  const metadata = objectOf(field(candidate, 'citationMetadata'));
  const recited = objectsOf(field(metadata, 'citationSources') ?? metadata.citations).flatMap((source) => {
    const read = readSource({ web: source });
    return read === undefined ? [] : [{ ...read, ...at(source) }];
  });
  return [...supported, ...unsupported.flatMap((source) => source ?? []), ...recited];
}

/** The searches that a candidate is based on: one for each query. */
export function readSearches(candidate: JsonObject): readonly SearchBlock[] {
  const grounding = objectOf(field(candidate, 'groundingMetadata'));
  const queries = field(grounding, 'webSearchQueries');
  const pages = objectsOf(field(grounding, 'groundingChunks')).flatMap(({ web }) => readSource({ web }) ?? []);
  return searchesOf(
    Array.isArray(queries) ? stringsOf(queries) : [],
    pages.map(({ url, title }) => defined({ url, title })),
  );
}

function readSource(chunk: JsonObject): Citation | undefined {
  const found = objectOf(chunk.web ?? field(chunk, 'retrievedContext') ?? chunk.maps);
  const url = textOf(found.uri);
  return url === '' ? undefined : defined({ url, title: stringOf(found.title), quote: stringOf(found.text) });
}

/** A text of a response with its citations. `partIndex`: of the part that holds it, where texts are not joined. */
export interface CitedText {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly partIndex?: number;
}

/** Members of the candidate; none without citations and searches. */
export function writeGrounding(texts: readonly CitedText[], searches: readonly SearchBlock[]): JsonObject {
  const sources = sourcesOf([
    ...texts.flatMap(({ citations }) => citations),
    ...searches.flatMap(({ pages }) => pages),
  ]);
  if (sources.length === 0 && searches.length === 0) return {};
  const indexOf = ({ url }: Citation) => sources.findIndex((source) => source.url === url);
  let before = 0;
  const supports = texts.flatMap(({ text, citations, partIndex }) => {
    const offset = partIndex === undefined ? before : 0;
    before += Buffer.byteLength(text);
    const places = new Map<string, { start: number; end: number; indexes: number[] }>();
    for (const citation of citations) {
      const { start = 0, end = charactersIn(text) } = citation;
      const place = places.get(`${start}-${end}`) ?? { start, end, indexes: [] };
      places.set(`${start}-${end}`, place);
      place.indexes.push(indexOf(citation));
    }
    return [...places.values()].map(({ start, end, indexes }) => ({
      segment: defined({
        partIndex: partIndex || undefined,
        startIndex: offset + byteAt(text, start),
        endIndex: offset + byteAt(text, end),
        text: charactersOf(text, start, end),
      }),
      groundingChunkIndices: indexes,
    }));
  });
  const groundingChunks = sources.map(({ url, title }) => ({ web: defined({ uri: url, title }) }));
  const webSearchQueries = searches.length === 0 ? undefined : searches.map(({ query }) => query);
  return { groundingMetadata: defined({ webSearchQueries, groundingChunks, groundingSupports: supports }) };
}
