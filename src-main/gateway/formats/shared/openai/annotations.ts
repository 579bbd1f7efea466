// Citations as both OpenAI formats list them. Places are counted in characters of the text.
import type { JsonObject } from '../../../../../src-shared/json.ts';
import { defined, numberOf, objectOf, stringOf, textOf } from '../../../model/json.ts';
import type { Citation } from '../../../model/text/citation.ts';

/**
 * A citation of a page; undefined for annotations of other kinds, which speak of files at the service.
 * @param before characters of the text before the block
 */
export function readAnnotation(annotation: JsonObject, before = 0): Citation | undefined {
  // Chat completions has a member of the type's name around it.
  const given = annotation.url_citation === undefined ? annotation : objectOf(annotation.url_citation);
  const url = textOf(given.url);
  if (url === '' || (annotation.type !== undefined && annotation.type !== 'url_citation')) return undefined;
  const [start, end] = [numberOf(given.start_index), numberOf(given.end_index)];
  const isPart = start !== undefined && end !== undefined && start >= before && end > start;
  return defined({
    url,
    title: stringOf(given.title),
    // OpenRouter adds it.
    quote: stringOf(given.content),
    start: isPart ? start - before : undefined,
    end: isPart ? end - before : undefined,
  });
}

/** @param place where the block begins in the text, and how long it is so far */
export const writeAnnotation = (
  { url, title, start = 0, end }: Citation,
  place: { readonly before: number; readonly length: number },
): JsonObject => ({
  url,
  title: title ?? url,
  start_index: place.before + start,
  end_index: place.before + (end ?? place.length),
});
