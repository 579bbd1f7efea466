// What a format of settings files can do: read values, and say where in the text one changes. Nothing else is touched.
import type { JsonObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { positionAt } from '../../config/yaml/config-error.ts';
import type { Path } from '../../config/yaml/read/read-value.ts';
import type { Splice } from '../../config/yaml/write/splice.ts';

export type { Path, Splice };

/** Where a key with its value, or an item of a list, stands in a text. */
export interface Member {
  /** The first character of the key, or of the item. */
  readonly start: number;
  readonly valueStart: number;
  /** One past the value. */
  readonly end: number;
}

export interface TextFormat {
  /** Whether the program reads files that begin with a byte order mark. */
  readonly acceptsMark: boolean;
  /** The values; none for an empty text. Throws Problem `agent_file_invalid` with the place of the mistake. */
  parse(text: string): JsonObject;
  /** `undefined` where the text has no such key. The path `[]` is the whole document. */
  member(text: string, path: Path): Member | undefined;
  /** Replaces a value, or adds a key to a mapping, or an item behind the last one. What holds it must exist. */
  set(text: string, path: Path, value: unknown): readonly Splice[];
  /** Takes a key with its value out; nothing where there is none. */
  remove(text: string, path: Path): readonly Splice[];
}

/** Says where `text` cannot be used. */
export function invalidAt(text: string, offset: number, sentence: string): Problem {
  return new Problem('agent_file_invalid', sentence, { place: positionAt(text, offset) });
}

export const byteOrderMark = '\ufeff';

/** Length of the byte order mark that the text begins with. */
export const markLength = (text: string): number => (text.startsWith(byteOrderMark) ? 1 : 0);

/** The text with the splices made, which do not overlap. Insertions at one place keep their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}
