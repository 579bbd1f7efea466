// The node of a key path.
import type { Document, Node } from './document.ts';
import { configShape, type Shape, shapeAt } from './field-type.ts';
import { countedItems, type Path } from './read-value.ts';

/** `undefined` where the text itself has no such key; merged keys do not count. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  let node = document.root;
  let shape: Shape = configShape;
  for (const key of path) {
    if (node === undefined) return undefined;
    node = childOf(node.kind === 'alias' ? node.target : node, shape, key);
    shape = shapeAt(shape, key);
  }
  return node;
}

function childOf(node: Node, shape: Shape, key: string | number): Node | undefined {
  if (node.kind === 'sequence') return countedItems(node, shape)[Number(key)]?.node;
  if (node.kind !== 'mapping') return undefined;
  return node.entries.find((entry) => !entry.merge && entry.name === key)?.value;
}
