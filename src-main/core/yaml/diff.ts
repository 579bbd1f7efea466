// The smallest set of splices that turns the values of a tree into other values.
import type { Document, Entry, MappingNode, Node, SequenceNode } from './document.ts';
import { blockLines, inlineText, itemLines, type Quotes, type Style } from './emit.ts';
import { changeFlowParts, separatorOf } from './flow-parts.ts';
import { isInOrder, pairItems } from './pair-items.ts';
import { countedItems, type Fields } from './read-value.ts';
import { areOnOwnLines, commentsBelow, type Part, type Region, regionsOf } from './region.ts';
import { type Shape, shapeAt } from './shape.ts';
import { applySplices, type Splice } from './splice.ts';
import { columnOf, isBreak, isFirstOnLine, lineBreakOf, lineEnd, lineStart, nextLine, skipBlanks } from './text.ts';
import { deepEqual, fieldOf, isFields, isFilled } from './values.ts';

/** Where a value stands: after a key, after a dash, between brackets, or as the whole document. */
export interface Slot {
  readonly kind: 'root' | 'field' | 'item' | 'flow';
  /** The column of the key or dash. */
  readonly column: number;
  /** One past the colon or dash. */
  readonly after: number;
  /** False for a key in brackets that has no colon yet. */
  readonly colon: boolean;
}

export class Differ {
  readonly #text: string;
  readonly #break: string;
  readonly #listIndent: number;
  readonly #dropsBlankLines: boolean;
  readonly #aliased: ReadonlySet<Node>;
  splices: Splice[] = [];
  /** Nodes whose value changes, and nodes that leave the text: anchors there cannot serve others any more. */
  readonly touched = new Set<Node>();
  readonly gone: Part[] = [];

  /** @param dropsBlankLines whether what is removed takes the blank lines below it along. */
  constructor(document: Document, dropsBlankLines = false) {
    this.#dropsBlankLines = dropsBlankLines;
    this.#text = document.text;
    this.#break = lineBreakOf(document.text);
    this.#listIndent = listIndentOf(document);
    this.#aliased = new Set(document.aliases.map((alias) => alias.target));
  }

  diff(node: Node, old: unknown, next: unknown, shape: Shape, slot: Slot): void {
    if (deepEqual(old, next)) return;
    this.touched.add(node);
    if (node.kind === 'mapping' && isFields(next)) this.#mapping(node, old as Fields, next, shape, slot);
    else if (node.kind === 'sequence' && Array.isArray(next)) this.#sequence(node, old as unknown[], next, shape, slot);
    else this.replace(node, next, slot);
  }

  #put(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text });
  }

  #remove(region: Region): void {
    let end = nextLine(this.#text, region.end);
    while (this.#dropsBlankLines && end < this.#text.length && isBreak(this.#text[skipBlanks(this.#text, end)])) {
      end = nextLine(this.#text, end);
    }
    this.#put(region.start, end, '');
  }

  #style(quotes: Quotes, json = false): Style {
    return { quotes, listIndent: this.#listIndent, json };
  }

  #mapping(node: MappingNode, old: Fields, next: Fields, shape: Shape, slot: Slot): void {
    const own = new Map(node.entries.filter((entry) => !entry.merge).map((entry) => [entry.name, entry]));
    const lost = Object.keys(old).filter((name) => fieldOf(next, name) === undefined);
    const added = Object.entries(next).filter(
      ([name, value]) => !own.has(name) && !deepEqual(fieldOf(old, name), value),
    );
    const removed = new Set(lost.flatMap((name) => own.get(name) ?? []));
    const kept = node.entries.filter((entry) => !removed.has(entry));
    // Taking a key out can uncover a merged one, and a merged one cannot be taken out alone.
    if (kept.length === 0 || (lost.length > 0 && kept.some((entry) => entry.merge))) {
      this.replace(node, next, slot);
      return;
    }
    for (const entry of kept) {
      if (entry.merge || fieldOf(next, entry.name) === undefined) continue;
      this.diff(
        entry.value,
        fieldOf(old, entry.name),
        fieldOf(next, entry.name),
        shapeAt(shape, entry.name),
        fieldSlot(this.#text, entry, node.flow),
      );
    }
    for (const entry of removed) this.gone.push(entryPart(entry));
    if (node.flow) this.#flowMapping(node, removed, added, slot, next);
    else this.#blockMapping(node, kept, removed, added);
  }

  #blockMapping(
    node: MappingNode,
    kept: readonly Entry[],
    removed: ReadonlySet<Entry>,
    added: readonly [string, unknown][],
  ): void {
    const parts = node.entries.map(entryPart);
    const column = columnOf(this.#text, node.entries[0]!.start);
    const inline = !isFirstOnLine(this.#text, node.entries[0]!.start);
    const regions = removed.size === 0 ? [] : regionsOf(this.#text, parts);
    const firstKept = node.entries.indexOf(kept[0]!);
    if (inline && firstKept > 0) this.#removeInlineHead(parts, firstKept);
    for (const [at, entry] of node.entries.entries()) {
      if (!removed.has(entry) || (inline && at < firstKept)) continue;
      // A comment above the first key heads the whole mapping.
      const start = at === 0 ? lineStart(this.#text, entry.start) : regions[at]!.start;
      this.#remove({ start, end: regions[at]!.end });
    }
    if (added.length === 0) return;
    const last = entryPart(kept.at(-1)!);
    const isLast = kept.at(-1) === node.entries.at(-1);
    const at = commentsBelow(this.#text, last.end, isLast ? column : column + 1);
    const lines = blockLines(Object.fromEntries(added), column, this.#style(quotesOf(kept.at(-1)?.value)));
    this.#put(at, at, this.#break + lines.join(this.#break));
  }

  /** `- a: 1` loses its first keys: the next one moves up to the dash. */
  #removeInlineHead(parts: readonly Part[], firstKept: number): void {
    const end = parts[firstKept - 1]!.end;
    const next = parts[firstKept]!.start;
    const comment = this.#text.slice(nextLine(this.#text, end), next).includes('#');
    const dash = parts[0]!.start - /[ \t]*$/.exec(this.#text.slice(0, parts[0]!.start))![0].length;
    if (comment) this.#put(dash, lineEnd(this.#text, end), '');
    else this.#put(parts[0]!.start, next, '');
  }

  #flowMapping(
    node: MappingNode,
    removed: ReadonlySet<Entry>,
    added: readonly [string, unknown][],
    slot: Slot,
    next: Fields,
  ): void {
    if (this.#text[node.body] !== '{') {
      this.splices = this.splices.filter((splice) => splice.start < node.start || splice.end > node.end);
      this.replace(node, next, slot);
      return;
    }
    const style = this.#style(
      quotesOf(node.entries.at(-1)?.value),
      node.entries[0]?.key.kind === 'scalar' && node.entries[0].key.style === 'double',
    );
    const gone = new Set([...removed].map((entry) => node.entries.indexOf(entry)));
    const texts = added.map(([name, value]) => inlineText({ [name]: value }, style, true).slice(1, -1));
    const places = new Map([[node.entries.findLastIndex((_, at) => !gone.has(at)), texts]]);
    this.splices.push(...changeFlowParts(this.#text, { parts: node.entries.map(entryPart), gone, added: places }));
  }

  #sequence(node: SequenceNode, old: readonly unknown[], next: readonly unknown[], shape: Shape, slot: Slot): void {
    const items = countedItems(node, shape);
    const parts = items.map((item) => ({ start: item.start, end: Math.max(item.after, item.node.end) }));
    if (next.length === 0 || items.length === 0 || !(node.flow || areOnOwnLines(this.#text, parts))) {
      this.replace(node, next, slot);
      return;
    }
    const partners = pairItems(old, next);
    const column = columnOf(this.#text, parts[0]!.start);
    const inner = shapeAt(shape, 0);
    const chunks = next.map((value, at) => {
      const partner = partners[at];
      if (partner === undefined) return undefined;
      const item = items[partner.old]!;
      const outer = this.splices;
      this.splices = [];
      this.diff(item.node, old[partner.old], value, inner, {
        kind: node.flow ? 'flow' : 'item',
        column,
        after: item.after,
        colon: true,
      });
      if (partner.by === 'place' && item.node.kind !== 'mapping' && !node.flow) this.#dropLineComment(item.node);
      const splices = this.splices;
      this.splices = outer;
      return { from: partner.old, splices };
    });
    const used = new Set(partners.flatMap((partner) => partner?.old ?? []));
    const gone = new Set(parts.keys().filter((at) => !used.has(at)));
    for (const at of gone) this.gone.push(items[at]!.node);
    const fresh = (value: unknown): string => this.#freshItem(value, items.at(-1)!, column, node.flow);
    const order = isInOrder(partners);
    if (order && used.size > 0) {
      for (const chunk of chunks) this.splices.push(...(chunk?.splices ?? []));
      const added = new Map<number, string[]>();
      let last = -1;
      for (const [at, value] of next.entries()) {
        const partner = partners[at];
        if (partner !== undefined) last = partner.old;
        else added.set(last, [...(added.get(last) ?? []), fresh(value)]);
      }
      if (node.flow) this.splices.push(...changeFlowParts(this.#text, { parts, gone, added }));
      else this.#blockItems(parts, gone, added);
      return;
    }
    const places: readonly Part[] = node.flow ? parts : regionsOf(this.#text, parts);
    const texts = chunks.map((chunk, at) => {
      if (chunk === undefined) return fresh(next[at]);
      const place = places[chunk.from]!;
      return applySplices(
        this.#text.slice(place.start, place.end),
        chunk.splices.map((splice) => ({
          ...splice,
          start: splice.start - place.start,
          end: splice.end - place.start,
        })),
      );
    });
    this.#rearrange(places, texts, node.flow);
  }

  #blockItems(parts: readonly Part[], gone: ReadonlySet<number>, added: ReadonlyMap<number, readonly string[]>): void {
    const regions = regionsOf(this.#text, parts);
    for (const [at, texts] of added) {
      if (at >= 0) {
        const place = commentsBelow(this.#text, parts[at]!.end, columnOf(this.#text, parts[at]!.start) + 1);
        this.#put(place, place, texts.map((text) => this.#break + text).join(''));
      } else {
        const place = regions.find((_, index) => !gone.has(index))!.start;
        this.#put(place, place, texts.map((text) => text + this.#break).join(''));
      }
    }
    for (const at of gone) this.#remove(regions[at]!);
  }

  /** Puts the texts into the places in their order; what is left over goes or is added at the end. */
  #rearrange(places: readonly Part[], texts: readonly string[], flow: boolean): void {
    const last = Math.min(places.length, texts.length) - 1;
    for (const [at, place] of places.entries()) {
      if (at < last) this.#put(place.start, place.end, texts[at]!);
      else if (at === last)
        this.#put(place.start, place.end, texts.slice(at).join(flow ? separatorOf(this.#text, places) : this.#break));
      else if (!flow) this.#remove(place);
    }
    if (flow && last < places.length - 1) this.#put(places[last]!.end, places.at(-1)!.end, '');
  }

  #freshItem(value: unknown, sibling: SequenceNode['items'][number], column: number, flow: boolean): string {
    const { node } = sibling;
    const style = this.#style(
      quotesOf(node),
      node.kind === 'mapping' &&
        node.flow &&
        node.entries[0]?.key.kind === 'scalar' &&
        node.entries[0].key.style === 'double',
    );
    const isInline =
      flow || ((node.kind === 'mapping' || node.kind === 'sequence') && node.flow && node.start < node.end - 2);
    const between = this.#text.slice(sibling.after, node.start);
    const gap = /^ +$/.test(between) ? between.length : 1;
    if (flow) return inlineText(value, style, true);
    if (isInline && isFilled(value)) return `${' '.repeat(column)}-${' '.repeat(gap)}${inlineText(value, style, true)}`;
    return itemLines(value, column, gap, style).join(this.#break);
  }

  #dropLineComment(node: Node): void {
    const rest = this.#text.slice(node.end, lineEnd(this.#text, node.end));
    if (/^\s+#/.test(rest)) this.#put(node.end, node.end + rest.length, '');
  }

  /** Writes a value anew, on the line for scalars and brackets, in lines of its own otherwise. */
  replace(node: Node, next: unknown, slot: Slot): void {
    this.touched.add(node);
    this.gone.push(node);
    const collection = node.kind === 'mapping' || node.kind === 'sequence';
    const isBlock = collection && !node.flow;
    const staysFlow =
      collection && node.flow && (node.kind === 'mapping' ? node.entries.length : node.items.length) > 0;
    if (isFilled(next) && slot.kind !== 'flow' && !staysFlow) this.#replaceWithLines(node, next, slot, isBlock);
    else this.#replaceInline(node, next, slot, isBlock);
  }

  #replaceInline(node: Node, next: unknown, slot: Slot, isBlock: boolean): void {
    const json =
      node.kind === 'mapping' &&
      node.flow &&
      node.entries[0]?.key.kind === 'scalar' &&
      node.entries[0].key.style === 'double';
    const text = inlineText(next, this.#style(quotesOf(node), json), slot.kind === 'flow');
    if (isBlock && slot.kind !== 'root' && isFirstOnLine(this.#text, node.body)) {
      const properties = /^(?:[&!]\S*[ \t]*)+/.exec(this.#text.slice(node.start, node.body))?.[0].trimEnd().length ?? 0;
      this.#put(slot.after, properties > 0 ? node.start + properties : slot.after, ` ${text}`);
      this.#put(lineStart(this.#text, node.body), nextLine(this.#text, node.end), '');
      return;
    }
    const keepsAnchor = node.tag === undefined && !this.#aliased.has(node) && node.body < node.end;
    const start = keepsAnchor ? node.body : node.start;
    const before = slot.colon ? (node.start === node.end ? ' ' : '') : ': ';
    this.#put(start, node.end, before + text);
  }

  #replaceWithLines(node: Node, next: unknown, slot: Slot, isBlock: boolean): void {
    const style = this.#style(quotesOf(node));
    if (isBlock) {
      const found = columnOf(this.#text, node.body);
      // A list may stand at the column of its key; a mapping may not.
      const column = slot.kind === 'field' && found <= slot.column && !Array.isArray(next) ? slot.column + 2 : found;
      const text = blockLines(next, column, style).join(this.#break);
      this.#put(node.body, node.end, text.slice(found));
      return;
    }
    if (slot.kind === 'item') {
      const gap = node.start > slot.after && lineEnd(this.#text, slot.after) > node.start ? node.start - slot.after : 1;
      const text = itemLines(next, slot.column, gap, style)
        .join(this.#break)
        .slice(slot.column + 1);
      this.#put(slot.after, node.end, text);
      this.#dropLineComment(node);
      return;
    }
    const sameLine = lineEnd(this.#text, slot.after) >= node.start;
    this.#put(sameLine ? slot.after : node.start, node.end, '');
    const at = lineEnd(this.#text, node.end);
    const rest = skipBlanks(this.#text, node.end);
    if (rest === at && rest > node.end) this.#put(node.end, rest, '');
    const column = slot.column + (Array.isArray(next) ? this.#listIndent : 2);
    this.#put(at, at, this.#break + blockLines(next, column, style).join(this.#break));
  }
}

export function fieldSlot(text: string, entry: Entry, flow: boolean): Slot {
  return { kind: flow ? 'flow' : 'field', column: columnOf(text, entry.start), after: entry.after, colon: entry.colon };
}

export function entryPart(entry: Entry): Part {
  return { start: entry.start, end: Math.max(entry.after, entry.value.end) };
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
