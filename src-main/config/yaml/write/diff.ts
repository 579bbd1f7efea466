// The smallest set of splices that turns the values of a tree into other values.
// biome-ignore-all lint/style/noNonNullAssertion: parts, items and regions are parallel lists, so an index of one is an index of all.

import { type FieldType, typeAt } from '../read/field-type.ts';
import type { Document, Entry, MappingNode, Node, SequenceNode } from '../read/nodes.ts';
import { countedItems, type Fields } from '../read/read-value.ts';
import { columnOf, isFirstOnLine, lineBreakOf, lineStart } from '../text.ts';
import { deepEqual, fieldOf, isFields } from '../values.ts';
import { changeFlowParts, separatorOf } from './flow-collections.ts';
import { isInOrder, type Partner, pairItems } from './pair-items.ts';
import { areOnOwnLines, commentsBelow, type Region, regionsOf, type TextRange } from './region.ts';
import { inlineHeadRemoval, linesRemoval } from './removal.ts';
import { entryRange, fieldSlot, type Slot } from './slot.ts';
import { type Splice, textWith } from './splice.ts';
import { ValueWriter } from './value-writer.ts';

/** How the items of a list change. */
interface ListChange {
  /** Where the old items stand. */
  readonly parts: readonly TextRange[];
  readonly gone: ReadonlySet<number>;
  /** For each new item the old one it comes from. */
  readonly partners: readonly (Partner | undefined)[];
  /** For each new item: what changes inside of it, or its text where it comes from none. */
  readonly items: readonly (readonly Splice[] | string)[];
  readonly flow: boolean;
}

export class Differ {
  readonly #text: string;
  readonly #break: string;
  readonly #dropsBlankLines: boolean;
  readonly #writer: ValueWriter;
  splices: Splice[] = [];
  /** Nodes whose value changes, and nodes that leave the text: anchors there cannot serve others any more. */
  readonly touched = new Set<Node>();
  readonly gone: TextRange[] = [];

  /** @param dropsBlankLines whether what is removed takes the blank lines below it along. */
  constructor(document: Document, dropsBlankLines = false) {
    this.#dropsBlankLines = dropsBlankLines;
    this.#text = document.text;
    this.#break = lineBreakOf(document.text);
    this.#writer = new ValueWriter(document);
  }

  /** Adds the splices that make `next` of a node with the value `old`. */
  diff(node: Node, old: unknown, next: unknown, type: FieldType, slot: Slot): void {
    if (deepEqual(old, next)) return;
    this.touched.add(node);
    if (node.kind === 'mapping' && isFields(next)) this.#mapping(node, old as Fields, next, type, slot);
    else if (node.kind === 'sequence' && Array.isArray(next)) this.#sequence(node, old as unknown[], next, type, slot);
    else this.replace(node, next, slot);
  }

  /** Rewrites a value, whatever it was. */
  replace(node: Node, next: unknown, slot: Slot): void {
    this.touched.add(node);
    this.gone.push(node);
    this.splices.push(...this.#writer.replacement(node, next, slot));
  }

  #remove(region: Region): void {
    this.splices.push(linesRemoval(this.#text, region, this.#dropsBlankLines));
  }

  #put(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text });
  }

  /** Not as arguments of one call, of which there cannot be a hundred thousand. */
  #putAll(splices: readonly Splice[]): void {
    for (const splice of splices) this.splices.push(splice);
  }

  #mapping(node: MappingNode, old: Fields, next: Fields, type: FieldType, slot: Slot): void {
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
        typeAt(type, entry.name),
        fieldSlot(this.#text, entry, node.flow),
      );
    }
    for (const entry of removed) this.gone.push(entryRange(entry));
    if (node.flow) this.#flowMapping(node, removed, added, slot, next);
    else this.#blockMapping(node, kept, removed, added);
  }

  #blockMapping(
    node: MappingNode,
    kept: readonly Entry[],
    removed: ReadonlySet<Entry>,
    added: readonly [string, unknown][],
  ): void {
    const parts = node.entries.map(entryRange);
    const column = columnOf(this.#text, node.entries[0]!.start);
    const inline = !isFirstOnLine(this.#text, node.entries[0]!.start);
    const regions = removed.size === 0 ? [] : regionsOf(this.#text, parts);
    const firstKept = node.entries.indexOf(kept[0]!);
    if (inline && firstKept > 0) this.splices.push(inlineHeadRemoval(this.#text, parts, firstKept));
    for (const [at, entry] of node.entries.entries()) {
      if (!removed.has(entry) || (inline && at < firstKept)) continue;
      // A comment above the first key heads the whole mapping.
      const start = at === 0 ? lineStart(this.#text, entry.start) : regions[at]!.start;
      this.#remove({ start, end: regions[at]!.end });
    }
    if (added.length === 0) return;
    const last = kept.at(-1)!;
    const isLast = last === node.entries.at(-1);
    const at = commentsBelow(this.#text, entryRange(last).end, isLast ? column : column + 1);
    this.#put(at, at, this.#break + this.#writer.fields(Object.fromEntries(added), column, last.value));
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
    const gone = new Set(node.entries.keys().filter((at) => removed.has(node.entries[at]!)));
    const texts = added.map(([name, value]) => this.#writer.flowField(name, value, node));
    const places = new Map([[node.entries.findLastIndex((_, at) => !gone.has(at)), texts]]);
    this.#putAll(changeFlowParts(this.#text, { parts: node.entries.map(entryRange), gone, added: places }));
  }

  #sequence(node: SequenceNode, old: readonly unknown[], next: readonly unknown[], type: FieldType, slot: Slot): void {
    const items = countedItems(node, type);
    const parts = items.map((item) => ({ start: item.start, end: Math.max(item.after, item.node.end) }));
    if (next.length === 0 || items.length === 0 || !(node.flow || areOnOwnLines(this.#text, parts))) {
      this.replace(node, next, slot);
      return;
    }
    const { flow } = node;
    const partners = pairItems(old, next);
    const column = columnOf(this.#text, parts[0]!.start);
    const kind = flow ? 'flow' : 'item';
    const changed = next.map((value, at) => {
      const partner = partners[at];
      if (partner === undefined) return this.#writer.item(value, items.at(-1)!, column, flow);
      const item = items[partner.old]!;
      return this.#apart(() => {
        this.diff(item.node, old[partner.old], value, typeAt(type, 0), {
          kind,
          column,
          after: item.after,
          colon: true,
        });
        if (partner.by === 'position' && item.node.kind !== 'mapping' && !flow)
          this.splices.push(...this.#writer.lineCommentRemoval(item.node));
      });
    });
    const used = new Set(partners.flatMap((partner) => partner?.old ?? []));
    const gone = new Set(parts.keys().filter((at) => !used.has(at)));
    for (const at of gone) this.gone.push(items[at]!.node);
    const change = { parts, gone, partners, items: changed, flow };
    if (used.size > 0 && isInOrder(partners)) this.#changeItems(change);
    else this.#reorderItems(change);
  }

  /** The splices that `work` adds, kept apart from the others. */
  #apart(work: () => void): readonly Splice[] {
    const outer = this.splices;
    this.splices = [];
    work();
    const own = this.splices;
    this.splices = outer;
    return own;
  }

  /** What stays keeps its place; new items go behind the one they follow. */
  #changeItems({ parts, gone, partners, items, flow }: ListChange): void {
    const added = new Map<number, string[]>();
    let last = -1;
    for (const [at, item] of items.entries()) {
      last = partners[at]?.old ?? last;
      if (typeof item !== 'string') this.#putAll(item);
      else if (added.get(last)?.push(item) === undefined) added.set(last, [item]);
    }
    if (flow) this.#putAll(changeFlowParts(this.#text, { parts, gone, added }));
    else this.#changeBlockItems(parts, gone, added);
  }

  #changeBlockItems(
    parts: readonly TextRange[],
    gone: ReadonlySet<number>,
    added: ReadonlyMap<number, readonly string[]>,
  ): void {
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

  /** Puts the items into the old places in their new order; what is left over goes or is added at the end. */
  #reorderItems({ parts, partners, items, flow }: ListChange): void {
    const places = flow ? parts : regionsOf(this.#text, parts);
    const texts = items.map((item, at) =>
      typeof item === 'string' ? item : textWith(this.#text, places[partners[at]!.old]!, item),
    );
    const last = Math.min(places.length, texts.length) - 1;
    for (const [at, place] of places.entries()) {
      if (at < last) this.#put(place.start, place.end, texts[at]!);
      else if (at === last)
        this.#put(place.start, place.end, texts.slice(at).join(flow ? separatorOf(this.#text, places) : this.#break));
      else if (!flow) this.#remove(place);
    }
    if (flow && last < places.length - 1) this.#put(places[last]!.end, places.at(-1)!.end, '');
  }
}
