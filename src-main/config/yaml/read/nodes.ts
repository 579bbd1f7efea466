// The tree of a YAML document: nodes that know their position in the text.

interface Place {
  /** First character, anchor and tag included. */
  readonly start: number;
  /** First character of the value itself: a quote, a bracket, `|`, the first key. */
  readonly body: number;
  /** One past the last character. For a node without text: where it would stand. */
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';
export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  readonly text: string;
}
export interface AliasNode extends Place {
  readonly kind: 'alias';
  readonly target: ValueNode;
}
export interface Item {
  /** The dash, or the first character in a flow sequence. */
  readonly start: number;
  /** One past the dash. */
  readonly after: number;
  readonly node: Node;
}
export interface SequenceNode extends Place {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly Item[];
}
export interface Entry {
  /** The first character of the key, or the `?` before it. */
  readonly start: number;
  readonly explicit: boolean;
  readonly key: Node;
  /** The key as text. */
  readonly name: string;
  readonly merge: boolean;
  /** One past the colon; one past the key where there is none. */
  readonly after: number;
  readonly colon: boolean;
  readonly value: Node;
}
export interface MappingNode extends Place {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}
export type ValueNode = ScalarNode | SequenceNode | MappingNode;
export type Node = ValueNode | AliasNode;

export interface Document {
  readonly text: string;
  readonly root: Node | undefined;
  /** Every alias, in the order of the text. */
  readonly aliases: readonly AliasNode[];
}
