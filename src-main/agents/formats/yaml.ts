// YAML, edited as the config is.
import type { JsonObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { applyEdits } from '../../config/yaml/apply-edits.ts';
import { any } from '../../config/yaml/read/field-type.ts';
import { nodeAt } from '../../config/yaml/read/node-at.ts';
import { parseConfig } from '../../config/yaml/read/parsed.ts';
import { markLength, type Path, type Splice, type TextFormat } from './format.ts';
import { inlineJson } from './json-edits.ts';

export const yamlFormat: TextFormat = {
  acceptsMark: true,
  parse: (text) => (isEmpty(text) ? {} : read(text).fields),
  member: (text, path) => {
    if (isEmpty(text)) return undefined;
    const { document } = read(text);
    const node = nodeAt(document, path, any);
    if (node === undefined) return undefined;
    return { start: startOf(text, path) ?? node.start, valueStart: node.start, end: node.end };
  },
  set: (text, path, value) => insideBrackets(text, path, value) ?? difference(text, edited(text, path, value)),
  remove: (text, path) => difference(text, edited(text, path, undefined)),
};

/** Nothing but comments. */
const isEmpty = (text: string): boolean =>
  text
    .slice(markLength(text))
    .split(/\r\n|\r|\n/)
    .every((line) => /^[ \t]*(?:#|$)/.test(line));

function read(text: string): { readonly document: Parameters<typeof nodeAt>[0]; readonly fields: JsonObject } {
  return renamed(() => parseConfig(text, any));
}

const edited = (text: string, path: Path, value: unknown): string =>
  renamed(() => applyEdits(text, [{ path, value }], any));

/** Into `[]` or `{}`, so that what follows on the line stays there. JSON is YAML between brackets. */
function insideBrackets(text: string, path: Path, value: unknown): readonly Splice[] | undefined {
  const parent = isEmpty(text) ? undefined : nodeAt(read(text).document, path.slice(0, -1), any);
  const step = path.at(-1);
  const isList = parent?.kind === 'sequence' && parent.flow && parent.items.length === 0;
  const isMapping = parent?.kind === 'mapping' && parent.flow && parent.entries.length === 0;
  if (!isList && !isMapping) return undefined;
  const at = parent.body + 1;
  const name = isMapping ? `${JSON.stringify(String(step))}: ` : '';
  return [{ start: at, end: at, text: name + inlineJson(value, true) }];
}

/** Mistakes in the text are those of a tool's file here, not of the config. */
function renamed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('agent_file_invalid', error.sentence, { place: error.place, cause: error });
  }
}

/** Where the key or the dash before a value stands. */
function startOf(text: string, path: Path): number | undefined {
  const parent = nodeAt(read(text).document, path.slice(0, -1), any);
  const step = path.at(-1);
  if (parent?.kind === 'mapping') return parent.entries.find(({ name }) => name === step)?.start;
  if (parent?.kind === 'sequence') return parent.items[Number(step)]?.start;
  return undefined;
}

/** One splice from the first to the last character that differs. */
function difference(before: string, after: string): readonly Splice[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return [{ start, end: before.length - same, text: after.slice(start, after.length - same) }];
}
