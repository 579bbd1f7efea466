// The first document of a YAML text as a tree whose nodes know their position in the text.
// biome-ignore-all lint/style/noNonNullAssertion: the events nest, so a node is always followed by another event, and the table has every style.
import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { ConfigError } from '../config-error.ts';
import { contentEnd, isSpace, skipBlanks, skipTrivia } from '../text.ts';
import type { AliasNode, Document, Entry, Item, Node, ScalarStyle, ValueNode } from './nodes.ts';
import { parseLeniently } from './parse-leniently.ts';

const styles: Readonly<Record<number, ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'block',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'block',
};

/** @throws ConfigError with the place of the first syntax error. */
export function parseDocument(text: string): Document {
  try {
    const { events, source } = parseLeniently(text);
    return new TreeBuilder(text, source, events).document();
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new ConfigError(text, Math.min(error.mark?.position ?? 0, text.length), `${error.reason}.`);
  }
}

/** Aliases can multiply a small text without limit; no real config repeats near this many values. */
const maxRepeated = 50_000;

/** Of one mapping; far more than any config has. */
const maxKeys = 20_000;

/** Walks the events once. The parser has checked the syntax, so this only has to find the marks between the values. */
class TreeBuilder {
  readonly #text: string;
  /** The text the parser saw: as long as `#text`. */
  readonly #source: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, ValueNode | 'open'>();
  readonly #aliases: AliasNode[] = [];
  /** Values in each anchored node, aliases unfolded. */
  readonly #sizes = new Map<ValueNode, number>();
  /** Values so far, aliases unfolded. */
  #count = 0;
  #repeated = 0;
  #next = 1;

  constructor(text: string, source: string, events: readonly Event[]) {
    this.#text = text;
    this.#source = source;
    this.#events = events;
  }

  document(): Document {
    const first = this.#events[1];
    const root = first === undefined || first.type === EVENT_ID.POP ? undefined : this.#node(0);
    return { text: this.#text, root, aliases: this.#aliases };
  }

  #node(from: number): Node {
    const event = this.#events[this.#next++]!;
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) throw new Error('the YAML events do not nest');
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event);
    const before = this.#count;
    this.#count += 1;
    const anchor = event.anchorStart < 0 ? undefined : this.#text.slice(event.anchorStart, event.anchorEnd);
    const tag = event.tagStart < 0 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
    const propertiesEnd = Math.max(event.anchorEnd, event.tagEnd);
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    let node: ValueNode;
    if (event.type === EVENT_ID.SCALAR) {
      const { body, end } = this.#scalarPlace(event, Math.max(from, propertiesEnd));
      const start = startOf(event, body);
      node = {
        kind: 'scalar',
        start,
        body,
        end,
        anchor,
        tag,
        style: styles[event.style]!,
        text: getScalarValue(this.#source, event),
      };
    } else {
      const body = event.start;
      const place = { start: startOf(event, body), body, anchor, tag };
      const flow = event.style === 2;
      node =
        event.type === EVENT_ID.SEQUENCE
          ? { kind: 'sequence', flow, ...place, ...this.#items(body, flow) }
          : { kind: 'mapping', flow, ...place, ...this.#entries(body, flow) };
    }
    if (anchor !== undefined) {
      this.#anchors.set(anchor, node);
      this.#sizes.set(node, this.#count - before);
    }
    return node;
  }

  #alias(event: Event & { type: typeof EVENT_ID.ALIAS }): AliasNode {
    const start = event.anchorStart - 1;
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const target = this.#anchors.get(name);
    if (target === undefined)
      throw new ConfigError(this.#text, start, `there is no anchor &${name} before this alias.`);
    if (target === 'open') throw new ConfigError(this.#text, start, `the alias *${name} stands inside its own anchor.`);
    const size = this.#sizes.get(target) ?? 0;
    this.#count += size;
    this.#repeated += size;
    if (this.#repeated > maxRepeated)
      throw new ConfigError(this.#text, start, `*${name}: the aliases unfold to too many values.`);
    const alias: AliasNode = {
      kind: 'alias',
      start,
      body: start,
      end: event.anchorEnd,
      anchor: undefined,
      tag: undefined,
      target,
    };
    this.#aliases.push(alias);
    return alias;
  }

  #scalarPlace(event: Event & { type: typeof EVENT_ID.SCALAR }, from: number): { body: number; end: number } {
    const style = styles[event.style]!;
    if (style === 'block') {
      const body = skipTrivia(this.#text, from);
      const header = /^[|>][-+0-9]*/.exec(this.#text.slice(body, body + 4))?.[0] ?? '';
      const keep = event.chomping === 3;
      return {
        body,
        end: Math.max(body + header.length, contentEnd(this.#text, event.valueStart, event.valueEnd, keep)),
      };
    }
    if (event.valueStart < 0) return { body: from, end: from };
    if (style === 'plain') return { body: event.valueStart, end: event.valueEnd };
    return { body: event.valueStart - 1, end: event.valueEnd + 1 };
  }

  #atPop(): boolean {
    return this.#events[this.#next]!.type === EVENT_ID.POP;
  }

  #items(body: number, flow: boolean): { items: Item[]; end: number } {
    const items: Item[] = [];
    let at = flow ? body + 1 : body;
    while (!this.#atPop()) {
      const start = flow ? this.#skipCommas(at) : skipTrivia(this.#text, at);
      const after = flow ? start : start + 1;
      const node = this.#node(after);
      items.push({ start, after, node });
      at = node.end;
    }
    this.#next += 1;
    return { items, end: flow ? this.#skipCommas(at) + 1 : at };
  }

  #entries(body: number, flow: boolean): { entries: Entry[]; end: number } {
    const entries: Entry[] = [];
    const names = new Set<string>();
    // `[a: 1]` holds a mapping without brackets.
    const bare = flow && this.#text[body] !== '{';
    let at = flow && !bare ? body + 1 : body;
    while (!this.#atPop()) {
      const entry = this.#entry(flow && !bare ? this.#skipCommas(at) : skipTrivia(this.#text, at));
      if (names.has(entry.name) && !entry.merge)
        throw new ConfigError(this.#text, entry.key.start, `${entry.name}: the key is there twice.`);
      if (!entry.merge) names.add(entry.name);
      if (names.size > maxKeys)
        throw new ConfigError(
          this.#text,
          entry.start,
          `there are more than ${maxKeys.toLocaleString('en')} keys here.`,
        );
      entries.push(entry);
      at = Math.max(entry.after, entry.value.end);
    }
    this.#next += 1;
    return { entries, end: flow && !bare ? this.#skipCommas(at) + 1 : at };
  }

  #entry(start: number): Entry {
    const explicit = this.#text[start] === '?' && (start + 1 >= this.#text.length || isSpace(this.#text[start + 1]));
    const key = this.#node(explicit ? start + 1 : start);
    const scalar = key.kind === 'alias' ? key.target : key;
    if (scalar.kind !== 'scalar') throw new ConfigError(this.#text, key.start, 'a key must be text.');
    const found = explicit ? skipTrivia(this.#text, key.end) : skipBlanks(this.#text, skipTrivia(this.#text, key.end));
    const colon = this.#text[found] === ':';
    const after = colon ? found + 1 : key.end;
    const merge =
      key.kind === 'scalar' && key.style === 'plain' && key.text === '<<' && key.tag !== '!!str' && key.tag !== '!';
    return { start, explicit, key, name: scalar.text, merge, after, colon, value: this.#node(after) };
  }

  #skipCommas(from: number): number {
    let at = skipTrivia(this.#text, from);
    while (this.#text[at] === ',') at = skipTrivia(this.#text, at + 1);
    return at;
  }
}

function startOf(event: { readonly anchorStart: number; readonly tagStart: number }, body: number): number {
  const anchor = event.anchorStart < 0 ? body : event.anchorStart - 1;
  return Math.min(body, anchor, event.tagStart < 0 ? body : event.tagStart);
}
