// Finds the node of a key path.

import { configType, type FieldType, typeAt } from './field-type.ts';
import type { Document, Node } from './nodes.ts';
import { countedItems, type Path } from './read-value.ts';

/** `undefined` where the text itself has no such key; merged keys do not count. */
export function nodeAt(document: Document, path: Path, ofDocument: FieldType = configType): Node | undefined {
  let node = document.root;
  let type = ofDocument;
  for (const key of path) {
    if (node === undefined) return undefined;
    node = childOf(node.kind === 'alias' ? node.target : node, type, key);
    type = typeAt(type, key);
  }
  return node;
}

function childOf(node: Node, type: FieldType, key: string | number): Node | undefined {
  if (node.kind === 'sequence') return countedItems(node, type)[Number(key)]?.node;
  if (node.kind !== 'mapping') return undefined;
  return node.entries.find((entry) => !entry.merge && entry.name === key)?.value;
}
