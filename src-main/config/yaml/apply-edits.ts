// Applies edits to the text of the config, leaving every other byte as it is.
import { Problem } from '../../../src-shared/problem.ts';
import type { Edit } from '../store/snapshot.ts';
import { ConfigError } from './config-error.ts';
import { parseDocument } from './read/document.ts';
import { configType, type FieldType } from './read/field-type.ts';
import { nodeAt } from './read/node-at.ts';
import type { Document } from './read/nodes.ts';
import { parseConfig } from './read/parsed.ts';
import type { Fields } from './read/read-value.ts';
import { isNull } from './read/scalars.ts';
import { columnOf, isBreak, lineBreakOf } from './text.ts';
import { deepEqual, fieldOf, isFilled, withEdit } from './values.ts';
import { Differ } from './write/diff.ts';
import { rejectOversized } from './write/edit-limits.ts';
import { blockLines } from './write/emit.ts';
import { keepAliases } from './write/keep-aliases.ts';
import { entryRange, fieldSlot } from './write/slot.ts';
import { applySplices, OverlapError } from './write/splice.ts';

/**
 * The text with the edits made, in order. Comments, order, quoting, indentation, line breaks and everything else that
 * the edits do not name stay as they are. The result is parsed and compared before it is returned.
 * @param type of the document, the config by default.
 * @throws Problem `config_broken` where the text cannot be read, `invalid_value` for an edit that is too large.
 */
export function applyEdits(text: string, edits: readonly Edit[], type: FieldType = configType): string {
  for (const { value } of edits) rejectOversized(value);
  const { document, fields } = read(text, type);
  const next = edits
    .filter((edit) => !keepsNull(document, edit, type))
    .reduce<unknown>((value, edit) => withEdit(value, edit.path, edit.value, type), fields) as Fields;
  if (deepEqual(fields, next)) return text;
  for (const write of strategies) {
    const result = unlessOverlapping(() => write({ document, fields, next, type }));
    if (result !== undefined && readsBackAs(result, next, type)) return result;
  }
  throw new Error('the edited config does not read back as intended');
}

/** A text with only comments is not a config, but keys can be added to it. */
function emptyDocument(text: string): Document | undefined {
  try {
    const document = parseDocument(text);
    return document.root === undefined || isNull(document.root) ? document : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** A null list is already an empty one. */
function keepsNull(document: Document, { path, value }: Edit, type: FieldType): boolean {
  if (typeof value !== 'object' || value === null || isFilled(value)) return false;
  const node = nodeAt(document, path, type);
  return node !== undefined && isNull(node);
}

function read(text: string, type: FieldType): { document: Document; fields: Fields } {
  try {
    return parseConfig(text, type);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const document = emptyDocument(text);
    if (document !== undefined) return { document, fields: {} };
    throw new Problem('config_broken', error.sentence, { place: error.place, cause: error });
  }
}

function unlessOverlapping(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof OverlapError) return undefined;
    throw error;
  }
}

function readsBackAs(text: string, fields: Fields, type: FieldType): boolean {
  try {
    return deepEqual(parseConfig(text, type).fields, fields);
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

interface Change {
  readonly document: Document;
  readonly type: FieldType;
  readonly fields: Fields;
  readonly next: Fields;
}
type Strategy = (change: Change) => string;

/**
 * The first result that reads back as intended is used. A block scalar that keeps its last line breaks (`|+`) may need
 * the one that an open end would lose, and must not absorb the blank lines below a removed key.
 */
const strategies: readonly Strategy[] = [
  (change) => spliceValues(change, { openEnd: true, dropsBlankLines: false }),
  (change) => spliceValues(change, { openEnd: false, dropsBlankLines: false }),
  (change) => spliceValues(change, { openEnd: false, dropsBlankLines: true }),
  rewriteKeys,
];

interface Removal {
  readonly openEnd: boolean;
  readonly dropsBlankLines: boolean;
}

function spliceValues({ document, fields, next, type }: Change, removal: Removal): string {
  const { root, text } = document;
  if (root?.kind !== 'mapping') return appendKeys(document, next);
  const differ = new Differ(document, removal.dropsBlankLines);
  differ.diff(root, fields, next, type, { kind: 'root', column: 0, after: root.start, colon: true });
  return applySplices(text, [...differ.splices, ...keepAliases(document, differ)], removal.openEnd);
}

/** An empty document gets its first keys below its comments. */
function appendKeys({ text, root }: Document, next: Fields): string {
  const lineBreak = lineBreakOf(text);
  const lines = blockLines(next, 0, { quotes: 'plain', listIndent: 2, json: false }).join(lineBreak) + lineBreak;
  const end = root === undefined ? text.length : root.end;
  const base = root === undefined ? text : text.slice(0, root.start) + text.slice(end);
  const at = root === undefined ? base.length : root.start;
  const before = base.slice(0, at);
  const gap = before === '' || before === '\ufeff' || isBreak(before.at(-1)) ? '' : lineBreak;
  return before + gap + lines + base.slice(at);
}

/** The last resort, for layouts that cannot be changed in part: rewrites every changed top-level key. */
function rewriteKeys({ document, fields, next, type }: Change): string {
  const { root, text } = document;
  if (root?.kind !== 'mapping') return appendKeys(document, next);
  const differ = new Differ(document);
  const kept: Fields = { ...next };
  for (const entry of root.entries) {
    const value = fieldOf(next, entry.name);
    const old = fieldOf(fields, entry.name);
    if (entry.merge || value === undefined || deepEqual(old, value)) continue;
    differ.touched.add(entry.value);
    differ.gone.push(entryRange(entry));
    const style = { quotes: 'plain', listIndent: 2, json: false } as const;
    if (root.flow || entry.explicit) {
      differ.replace(entry.value, value, fieldSlot(text, entry, root.flow));
    } else {
      const column = columnOf(text, entry.start);
      const lines = blockLines({ [entry.name]: value }, column, style).join(lineBreakOf(text));
      differ.splices.push({ ...entryRange(entry), text: lines.slice(column) });
    }
    kept[entry.name] = old;
  }
  // The rest is removing keys and adding new ones.
  differ.diff(root, fields, kept, type, { kind: 'root', column: 0, after: root.start, colon: true });
  return applySplices(text, [...differ.splices, ...keepAliases(document, differ)]);
}
