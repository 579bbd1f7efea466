// Keys by which CLIProxyAPI passes for another client. This program does not, whatever the config says.
import type { Entry, ValueNode } from '../yaml/read/nodes.ts';
import { isNull, toBoolean } from '../yaml/read/scalars.ts';

/** At the top of the config; `''`: the key itself, else the member that asks for it. */
const topKeys: Readonly<Record<string, string>> = {
  'claude-header-defaults': '',
  'codex-header-defaults': '',
  codex: 'identity-confuse',
  antigravity: 'sensitive-words',
};
const entryKey = 'cloak';

/** The entries of an unknown block that ask for a disguise; `depth` 0 is the top of the config. */
export function disguiseIn(entry: Entry, depth: number): readonly Entry[] {
  const { name, value } = entry;
  const node = value.kind === 'alias' ? value.target : value;
  if (depth > 0) return name === entryKey && isAskedFor(node) ? [entry] : [];
  const member = Object.hasOwn(topKeys, name) ? topKeys[name] : undefined;
  if (member === undefined) return [];
  if (member === '') return isAskedFor(node) ? [entry] : [];
  if (node.kind !== 'mapping') return [];
  return node.entries.filter(
    (inner) => inner.name === member && isAskedFor(inner.value.kind === 'alias' ? inner.value.target : inner.value),
  );
}

/** `true`, or a text, list or mapping that is not empty. */
function isAskedFor(node: ValueNode): boolean {
  if (node.kind === 'sequence') return node.items.length > 0;
  if (node.kind === 'mapping') return node.entries.length > 0;
  return !isNull(node) && node.text !== '' && toBoolean(node) !== false;
}
