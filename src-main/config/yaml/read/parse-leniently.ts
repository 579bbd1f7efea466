// Parses YAML as CLIProxyAPI does: brackets may close at the start of a line.
import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { isSpace, lineStart } from '../text.ts';

interface LenientParse {
  readonly events: Event[];
  /** The text with some white space changed, so that every offset stays as it is. */
  readonly source: string;
}

/** Each pass corrects one line; a file written by hand has far fewer such lines. */
const maxPasses = 200;
/** Of all passes together: a large file made to have many such lines must not take minutes. */
const maxParsedLength = 16 * 1024 * 1024;

/**
 * Go's parser accepts lines between brackets at any indentation, js-yaml (as YAML 1.2 demands) only beyond that of the key.
 * Where js-yaml stops at such a line, its line break becomes a space.
 * @throws YAMLException the first error of the text as it is.
 */
export function parseLeniently(text: string): LenientParse {
  let source = text;
  let first: YAMLException | undefined;
  const passes = Math.min(maxPasses, 1 + Math.floor(maxParsedLength / (text.length + 1)));
  for (let pass = 0; pass < passes; pass += 1) {
    try {
      return { events: parseEvents(source, {}), source };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      first ??= error;
      const at = error.mark?.position ?? text.length;
      if (error.reason !== 'deficient indentation' || at >= text.length) throw first;
      source = joinedToLineBefore(source, at);
    }
  }
  throw first ?? new Error('no parse was tried');
}

/** Blanks out what lies between `at` and the last value before it, comments included. */
function joinedToLineBefore(source: string, at: number): string {
  let start = at;
  for (;;) {
    while (start > 0 && isSpace(source[start - 1])) start -= 1;
    const line = lineStart(source, start);
    const comment = /(^|\s)#/.exec(source.slice(line, start));
    if (comment === null) return source.slice(0, start) + ' '.repeat(at - start) + source.slice(at);
    start = line + comment.index;
  }
}
