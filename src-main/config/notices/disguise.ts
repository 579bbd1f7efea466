// Keys by which CLIProxyAPI passes for another client. This program does not, whatever the config says.
import type { Node, ValueNode } from '../yaml/read/nodes.ts';
import type { Path } from '../yaml/read/read-value.ts';
import { isNull, toBoolean } from '../yaml/read/scalars.ts';

/** At the top of the config. */
const topKeys = [
  'claude-header-defaults',
  'codex-header-defaults',
  'codex.identity-confuse',
  'antigravity.sensitive-words',
  'devin.sensitive-words',
];
/** In the entries of the lists of keys. */
const entryKeys = ['cloak', 'fingerprint-profile', 'experimental-cch-signing'];

/** Whether the key at `path` belongs to a disguise, and its value asks for it. */
export function isDisguise(path: Path, node: Node): boolean {
  const key = path.at(-1);
  const isKnown =
    topKeys.includes(path.join('.')) ||
    (path.length === 3 && typeof path[1] === 'number' && entryKeys.includes(String(key)));
  return isKnown && isAskedFor(node.kind === 'alias' ? node.target : node);
}

/** `true`, or a text, list or mapping that is not empty. A mode of `never` alone asks for nothing. */
function isAskedFor(node: ValueNode): boolean {
  if (node.kind === 'sequence') return node.items.length > 0;
  if (node.kind === 'mapping') return node.entries.some(({ name, value }) => !(name === 'mode' && isNever(value)));
  return !isNull(node) && node.text !== '' && toBoolean(node) !== false;
}

function isNever(node: Node): boolean {
  const value = node.kind === 'alias' ? node.target : node;
  return value.kind === 'scalar' && value.text.trim().toLowerCase() === 'never';
}
