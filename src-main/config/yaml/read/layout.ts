// Files that must not be read as if they had no client keys: another program's layout, and slips in the keys that protect.
import { ConfigError } from '../config-error.ts';
import { configType } from './field-type.ts';
import type { Document, Entry, Node } from './nodes.ts';
import { isSlip } from './slips.ts';

/** A slip in one of these opens the gateway, or leads to accounts of another folder. */
const protectedKeys = ['api-keys', 'auth-dir', 'remote-management', 'host', 'tls', 'client-policies'];

const ownKeys = new Set([...(configType.kind === 'map' ? Object.keys(configType.fields) : []), ...protectedKeys]);
const foreignSections = ['access', 'server', 'management'];
/** The keys for clients and for management, as that layout has them. */
const sectionKeys: Readonly<Record<string, string>> = { access: 'api-keys', management: 'secret-key' };
const foreignVersion = 8;

const targetOf = (node: Node) => (node.kind === 'alias' ? node.target : node);

/** @throws ConfigError for a file with the layout of CLIProxyAPI 8, and for a misspelt key that protects. */
export function rejectUnsafeLayout({ root, text }: Document): void {
  if (root?.kind !== 'mapping') return;
  const entries = withMerged(root);
  const foreign = entries.find((entry) => isForeign(entry, entries));
  if (foreign !== undefined) {
    const sentence = `${foreign.name}: this file has the layout of CLIProxyAPI 8, whose keys have other names and places; this program reads the layout of version 7, with api-keys, remote-management and auth-dir at the top.`;
    throw new ConfigError(text, foreign.start, sentence);
  }
  for (const { name, start } of entries) {
    if (ownKeys.has(name)) continue;
    const meant = protectedKeys.find((key) => isSlip(name, key));
    if (meant === undefined) continue;
    throw new ConfigError(text, start, `${name}: there is no such key; write ${meant}, or take the line out.`);
  }
}

/** No file merges that deep. */
const maxMergeDepth = 20;

/** The entries of a mapping, with those that it takes over from others. */
function withMerged(node: Node, depth = 0): readonly Entry[] {
  const target = targetOf(node);
  if (target.kind === 'scalar' || depth > maxMergeDepth) return [];
  if (target.kind === 'sequence') return target.items.flatMap((item) => withMerged(item.node, depth + 1));
  return target.entries.flatMap((entry) => (entry.merge ? withMerged(entry.value, depth + 1) : [entry]));
}

function isForeign({ name, value }: Entry, all: readonly Entry[]): boolean {
  const node = targetOf(value);
  if (name === 'config-version') return node.kind === 'scalar' && Number(node.text) >= foreignVersion;
  if (node.kind !== 'mapping') return false;
  // Groups of upstream keys by provider.
  if (name === 'api-keys') return true;
  if (!foreignSections.includes(name)) return false;
  // Keys that are written are never read as none, whatever else the file has.
  const key = sectionKeys[name];
  return node.entries.some((entry) => entry.name === key) || !all.some((entry) => ownKeys.has(entry.name));
}
