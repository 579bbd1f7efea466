// Values rewritten, in the style of what stood in their place or stands beside them.
import type { Document, Item, MappingNode, Node, SequenceNode } from '../read/nodes.ts';
import type { Fields } from '../read/read-value.ts';
import { columnOf, isFirstOnLine, lineBreakOf, lineEnd, lineStart, nextLine, skipBlanks } from '../text.ts';
import { isFilled } from '../values.ts';
import { blockLines, inlineText, itemLines, type Quotes, type Style } from './emit.ts';
import type { Slot } from './slot.ts';
import type { Splice } from './splice.ts';

export class ValueWriter {
  readonly #text: string;
  readonly #break: string;
  readonly #listIndent: number;
  readonly #aliased: ReadonlySet<Node>;

  constructor(document: Document) {
    this.#text = document.text;
    this.#break = lineBreakOf(document.text);
    this.#listIndent = listIndentOf(document);
    this.#aliased = new Set(document.aliases.map((alias) => alias.target));
  }

  /** New keys of a block mapping, quoted like the value of their `sibling`. */
  fields(fields: Fields, column: number, sibling: Node | undefined): string {
    return blockLines(fields, column, this.#style(quotesOf(sibling))).join(this.#break);
  }

  /** A new key of a mapping in brackets. */
  flowField(name: string, value: unknown, mapping: MappingNode): string {
    const style = this.#style(quotesOf(mapping.entries.at(-1)?.value), isJson(mapping));
    return inlineText({ [name]: value }, style, true).slice(1, -1);
  }

  /** A new item beside `sibling`. `column`: where the dashes of the list stand. */
  item(value: unknown, sibling: Item, column: number, flow: boolean): string {
    const { node } = sibling;
    const style = this.#style(quotesOf(node), isJson(node));
    if (flow) return inlineText(value, style, true);
    const between = this.#text.slice(sibling.after, node.start);
    const gap = /^ +$/.test(between) ? between.length : 1;
    const isInline = isCollection(node) && node.flow && node.start < node.end - 2;
    if (isInline && isFilled(value)) return `${' '.repeat(column)}-${' '.repeat(gap)}${inlineText(value, style, true)}`;
    return itemLines(value, column, gap, style).join(this.#break);
  }

  /** `next` in place of a node: on the line for scalars and brackets, in lines of its own otherwise. */
  replacement(node: Node, next: unknown, slot: Slot): readonly Splice[] {
    const staysFlow = isCollection(node) && node.flow && sizeOf(node) > 0;
    if (!isFilled(next) || slot.kind === 'flow' || staysFlow) return this.#onLine(node, next, slot);
    if (isBlock(node)) return [this.#inPlaceOfBlock(node, next, slot)];
    if (slot.kind === 'item') return [this.#behindDash(node, next, slot), ...this.lineCommentRemoval(node)];
    return this.#belowKey(node, next, slot);
  }

  /** A comment behind a value goes with the value it speaks of. */
  lineCommentRemoval({ end }: Node): readonly Splice[] {
    const rest = this.#text.slice(end, lineEnd(this.#text, end));
    return /^\s+#/.test(rest) ? [{ start: end, end: end + rest.length, text: '' }] : [];
  }

  #onLine(node: Node, next: unknown, slot: Slot): readonly Splice[] {
    const text = inlineText(next, this.#style(quotesOf(node), isJson(node)), slot.kind === 'flow');
    if (isBlock(node) && slot.kind !== 'root' && isFirstOnLine(this.#text, node.body)) {
      const properties = /^(?:[&!]\S*[ \t]*)+/.exec(this.#text.slice(node.start, node.body))?.[0].trimEnd().length ?? 0;
      return [
        { start: slot.after, end: properties > 0 ? node.start + properties : slot.after, text: ` ${text}` },
        { start: lineStart(this.#text, node.body), end: nextLine(this.#text, node.end), text: '' },
      ];
    }
    const keepsAnchor = node.tag === undefined && !this.#aliased.has(node) && node.body < node.end;
    const before = slot.colon ? (node.start === node.end ? ' ' : '') : ': ';
    return [{ start: keepsAnchor ? node.body : node.start, end: node.end, text: before + text }];
  }

  #inPlaceOfBlock(node: Node, next: Filled, slot: Slot): Splice {
    const found = columnOf(this.#text, node.body);
    // A list may stand at the column of its key; a mapping may not.
    const column = slot.kind === 'field' && found <= slot.column && !Array.isArray(next) ? slot.column + 2 : found;
    const text = blockLines(next, column, this.#style(quotesOf(node))).join(this.#break);
    return { start: node.body, end: node.end, text: text.slice(found) };
  }

  #behindDash(node: Node, next: Filled, slot: Slot): Splice {
    const isOnLine = node.start > slot.after && lineEnd(this.#text, slot.after) > node.start;
    const gap = isOnLine ? node.start - slot.after : 1;
    const text = itemLines(next, slot.column, gap, this.#style(quotesOf(node))).join(this.#break);
    return { start: slot.after, end: node.end, text: text.slice(slot.column + 1) };
  }

  #belowKey(node: Node, next: Filled, slot: Slot): readonly Splice[] {
    const isOnLine = lineEnd(this.#text, slot.after) >= node.start;
    const splices = [{ start: isOnLine ? slot.after : node.start, end: node.end, text: '' }];
    const at = lineEnd(this.#text, node.end);
    const rest = skipBlanks(this.#text, node.end);
    if (rest === at && rest > node.end) splices.push({ start: node.end, end: rest, text: '' });
    const column = slot.column + (Array.isArray(next) ? this.#listIndent : 2);
    const lines = blockLines(next, column, this.#style(quotesOf(node)));
    return [...splices, { start: at, end: at, text: this.#break + lines.join(this.#break) }];
  }

  #style(quotes: Quotes, json = false): Style {
    return { quotes, listIndent: this.#listIndent, json };
  }
}

type Filled = Fields | readonly unknown[];

const isCollection = (node: Node): node is MappingNode | SequenceNode =>
  node.kind === 'mapping' || node.kind === 'sequence';

const isBlock = (node: Node): boolean => isCollection(node) && !node.flow;

const sizeOf = (node: MappingNode | SequenceNode): number =>
  node.kind === 'mapping' ? node.entries.length : node.items.length;

/** Whether it looks like JSON inside YAML, where keys are quoted as well. */
function isJson(node: Node): boolean {
  if (node.kind !== 'mapping' || !node.flow) return false;
  const key = node.entries[0]?.key;
  return key?.kind === 'scalar' && key.style === 'double';
}

function quotesOf(node: Node | undefined): Quotes {
  return node?.kind === 'scalar' && node.style !== 'block' ? node.style : 'plain';
}

/** How far the file's first block list is indented under its key. */
function listIndentOf(document: Document): number {
  const { root, text } = document;
  if (root?.kind !== 'mapping') return 2;
  for (const entry of root.entries) {
    const { value } = entry;
    if (value.kind === 'sequence' && !value.flow)
      return Math.min(8, Math.max(0, columnOf(text, value.body) - columnOf(text, entry.start)));
  }
  return 2;
}
