// Citations of pages as Messages has them: of a text block as a whole.
import type { JsonObject } from '../../../../src-shared/json.ts';
import { charactersOf } from '../../model/text/characters.ts';
import type { Citation } from '../../model/text/citation.ts';

/** Only the service can make this index. An empty one says that the citation is of another service. */
export const foreignIndex = '';

export const writeCitation = ({ url, title, quote = '' }: Citation): JsonObject => ({
  type: 'web_search_result_location',
  url,
  title: title ?? null,
  encrypted_index: foreignIndex,
  cited_text: quote,
});

/** A text as blocks, each with its own citations. Places that overlap are cited by the whole text. */
export function citedTexts(text: string, citations: readonly Citation[]): readonly JsonObject[] {
  const places = placesOf(citations);
  if (places === undefined) return [{ type: 'text', text, citations: citations.map(writeCitation) }];
  const blocks: { readonly type: 'text'; text: string; readonly citations?: readonly JsonObject[] }[] = [];
  let at = 0;
  let blank = '';
  const add = (end: number, cited: readonly Citation[]): void => {
    const part = blank + charactersOf(text, at, end);
    at = end;
    // Blank blocks are rejected when they come back.
    blank = part.trim() === '' ? part : '';
    if (blank !== part)
      blocks.push({ type: 'text', text: part, ...(cited.length > 0 && { citations: cited.map(writeCitation) }) });
  };
  for (const { start, end, cited } of places) {
    if (start > at) add(start, []);
    add(end, cited);
  }
  add(text.length, []);
  const last = blocks.at(-1);
  if (last !== undefined) last.text += blank;
  return blocks;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly cited: Citation[];
}

/** The cited places in their order; undefined when they are not all known, or overlap. */
function placesOf(citations: readonly Citation[]): readonly Place[] | undefined {
  const places: Place[] = [];
  for (const citation of citations) {
    const { start, end } = citation;
    if (start === undefined || end === undefined) return undefined;
    const same = places.find((place) => place.start === start && place.end === end);
    if (same === undefined) places.push({ start, end, cited: [citation] });
    else same.cited.push(citation);
  }
  places.sort((one, other) => one.start - other.start);
  return places.some(({ start }, at) => start < (places[at - 1]?.end ?? 0)) ? undefined : places;
}
