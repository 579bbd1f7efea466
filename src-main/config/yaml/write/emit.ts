// New YAML text for values: quoted exactly when needed, in a given style and indentation.
import { floatYaml11Tag, intYaml11Tag, NOT_RESOLVED, timestampTag } from 'js-yaml';
import type { Node } from '../read/nodes.ts';
import type { Fields } from '../read/read-value.ts';
import { isBooleanWord, plainValue } from '../read/scalars.ts';
import { isFilled } from '../values.ts';

export type Quotes = 'plain' | 'single' | 'double';

export interface Style {
  readonly quotes: Quotes;
  /** Columns that a list is indented under its key. */
  readonly listIndent: number;
  /** JSON inside YAML: keys are quoted as well. */
  readonly json: boolean;
}

/** The lines of a filled list or mapping, each with its indentation. */
export function blockLines(value: unknown, column: number, style: Style): string[] {
  const pad = ' '.repeat(column);
  if (Array.isArray(value)) return value.flatMap((item: unknown) => itemLines(item, column, 1, style));
  return fieldsOf(value).flatMap(([name, field]) => {
    const key = `${pad}${scalarText(name, 'plain', false)}:`;
    if (!isFilled(field)) return [`${key} ${inlineText(field, style, false)}`];
    return [key, ...blockLines(field, column + (Array.isArray(field) ? style.listIndent : 2), style)];
  });
}

/** The lines of one list item. `gap`: spaces after the dash. */
export function itemLines(item: unknown, column: number, gap: number, style: Style): string[] {
  const dash = `${' '.repeat(column)}-${' '.repeat(gap)}`;
  if (!isFilled(item)) return [dash + inlineText(item, style, false)];
  const [first = '', ...rest] = blockLines(item, column + 1 + gap, style);
  return [dash + first.slice(dash.length), ...rest];
}

/** The value on one line, lists and mappings in brackets. */
export function inlineText(value: unknown, style: Style, flow: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => inlineText(item, style, true)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = fieldsOf(value).map(
      ([name, field]) =>
        `${scalarText(name, style.json ? 'double' : 'plain', true)}: ${inlineText(field, style, true)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return scalarText(value, style.json ? 'double' : style.quotes, flow);
}

/** The text of a node of the file on one line, aliases unfolded, every scalar meaning what it meant. */
export function nodeText(node: Node): string {
  if (node.kind === 'alias') return nodeText(node.target);
  if (node.kind === 'sequence') return `[${node.items.map((item) => nodeText(item.node)).join(', ')}]`;
  if (node.kind === 'mapping')
    return `{${node.entries.map((entry) => `${nodeText(entry.key)}: ${nodeText(entry.value)}`).join(', ')}}`;
  const tag = node.tag === undefined ? '' : `${node.tag} `;
  if (node.style !== 'plain') return tag + scalarText(node.text, 'double', true);
  if (node.text === '') return tag || 'null';
  return tag + (/[,[\]{}\n\r]/.test(node.text) ? scalarText(node.text, 'double', true) : node.text);
}

function fieldsOf(value: unknown): [string, unknown][] {
  return Object.entries(value as Fields).filter(([, field]) => field !== undefined);
}

/** @param flow whether it stands between brackets, where commas and brackets need quotes. */
export function scalarText(value: unknown, quotes: Quotes, flow: boolean): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'string') return value === undefined ? 'null' : String(value);
  if (quotes === 'single' && isPrintable(value)) return singleQuoted(value);
  if (quotes !== 'plain') return doubleQuoted(value);
  if (!isPrintable(value) || readsAsOther(value)) return doubleQuoted(value);
  return isPlainSafe(value, flow) ? value : value.includes("'") ? doubleQuoted(value) : singleQuoted(value);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const invisible = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]|\p{Surrogate}/gu;

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(invisible, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Without line breaks, tabs, control characters and what nobody can see. */
function isPrintable(text: string): boolean {
  return !/[\u0000-\u001f]/.test(text) && text.search(invisible) < 0;
}

/** Whether some YAML reader would take the plain text for something else than text. */
function readsAsOther(text: string): boolean {
  if (isBooleanWord(text) || /^(null|true|false|=|<<|~|)$/i.test(text) || typeof plainValue(text) !== 'string')
    return true;
  if (!/^[-+.\d]/.test(text)) return false;
  return (
    [intYaml11Tag, floatYaml11Tag, timestampTag].some((tag) => tag.resolve(text, false, '') !== NOT_RESOLVED) ||
    /^[-+]?[\d_]+(:[0-5]?\d)+(\.\d*)?$|^[-+]?0[box]?[\d_a-f]+$|^\d{4}-\d\d?-\d\d?/i.test(text)
  );
}

function isPlainSafe(text: string, flow: boolean): boolean {
  if (/^[\s,[\]{}#&*!|>'"%@`]|\s$|:(\s|$)|\s#|^(---|\.\.\.)/.test(text)) return false;
  if (/^[-?:]/.test(text) && !/^[-?:][^\s,[\]{}]/.test(text)) return false;
  return !flow || !/[,[\]{}]|^[-?:]/.test(text);
}
