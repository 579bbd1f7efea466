// What the config file says that has no effect here, or an unsafe one. Names of keys are told, values never.
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { bareKeys, compatibleList } from '../../../src-shared/providers.ts';
import { positionAt } from '../yaml/config-error.ts';
import { configType, type FieldType, typeAt } from '../yaml/read/field-type.ts';
import type { Entry, Node, ValueNode } from '../yaml/read/nodes.ts';
import { parseConfig } from '../yaml/read/parsed.ts';
import { countedItems, formatPath, type Path } from '../yaml/read/read-value.ts';
import { isNull } from '../yaml/read/scalars.ts';
import { isSlip } from '../yaml/read/slips.ts';
import { disguiseIn } from './disguise.ts';
import { judgeHost, judgeValue } from './unsafe-values.ts';

/** A file of anything else must not become an answer of any size. */
const maxNotices = 200;
const maxNameLength = 100;

interface Finding extends Omit<ConfigNotice, 'line' | 'column' | 'path'> {
  readonly path: Path;
  /** Offset in the text. */
  readonly at: number;
}

const newNames: Readonly<Record<string, string>> = {
  [bareKeys.bareList]: bareKeys.list,
  [`${compatibleList}.api-keys`]: 'api-key-entries',
  'auth.providers': 'api-keys',
  'oauth-model-mappings': 'oauth-model-alias',
};

/** All notices of a valid config, in the order of the file. @throws ConfigError for a text that is no config. */
export function configNotices(text: string): readonly ConfigNotice[] {
  const { document, fields } = parseConfig(text);
  const findings: Finding[] = [];
  if (document.root !== undefined) judge(document.root, configType, [], findings);
  const hostFinding = judgeHost(document, fields);
  if (hostFinding !== undefined) findings.push(hostFinding);
  return findings
    .sort((one, other) => one.at - other.at)
    .slice(0, maxNotices)
    .map(({ path, at, ...notice }) => ({ ...positionAt(text, at), path: formatPath(path), ...notice }));
}

const targetOf = (node: Node): ValueNode => (node.kind === 'alias' ? node.target : node);

/** `at`: where a notice about a plain value points, at its key if it has one. */
function judge(node: Node, type: FieldType, path: Path, findings: Finding[], at = node.start): void {
  // Far more than are shown: the rest of the file needs no look.
  if (findings.length > maxNotices * 10) return;
  const value = targetOf(node);
  if (value.kind === 'scalar') {
    const unsafe = judgeValue(path, value.text);
    if (unsafe !== undefined) findings.push({ path, at, ...unsafe });
  } else if (value.kind === 'sequence') {
    for (const [index, item] of countedItems(value, type).entries())
      judge(item.node, typeAt(type, index), [...path, index], findings);
  } else if (type.kind === 'map') {
    for (const entry of value.entries) if (!entry.merge) judgeEntry(entry, type, path, findings);
  }
}

function judgeEntry(entry: Entry, type: FieldType & { kind: 'map' }, parents: Path, findings: Finding[]): void {
  const path = [...parents, entry.name.slice(0, maxNameLength)];
  const names = Object.keys(type.fields);
  // Names of headers, providers and channels are the user's own.
  if (names.length > 0 && !names.includes(entry.name)) return void findings.push(...unknownKey(entry, names, path));
  const newName = newNames[path.filter((key) => typeof key === 'string').join('.')];
  if (newName !== undefined) findings.push(oldKey(entry, newName, path));
  judge(entry.value, typeAt(type, entry.name), path, findings, entry.start);
}

function unknownKey(entry: Entry, names: readonly string[], path: Path): readonly Finding[] {
  const shown = formatPath(path);
  const meant = names.find((known) => isSlip(entry.name, known));
  if (meant !== undefined) {
    const message = `${shown} is not known here. Write ${meant}.`;
    return [{ path, at: entry.start, kind: 'misspelt', message, suggestion: meant }];
  }
  const disguise = disguiseIn(entry, path.length - 1);
  if (disguise.length > 0) return disguise.map((one) => refusedKey(one, one === entry ? path : [...path, one.name]));
  return [{ path, at: entry.start, kind: 'unused', message: `${shown} is kept, but this program does not use it.` }];
}

function refusedKey({ start }: Entry, path: Path): Finding {
  const message = `${formatPath(path)} would make this program pass for another client, which it never does.`;
  return { path, at: start, kind: 'refused', message };
}

function oldKey({ start, value }: Entry, newName: string, path: Path): Finding {
  const place = { path, at: start };
  const node = targetOf(value);
  const isEmpty = isNull(node) || (node.kind === 'sequence' && node.items.length === 0);
  if (isEmpty) return { ...place, kind: 'unused', message: `${formatPath(path)} is empty and has no effect.` };
  const message = `${formatPath(path)} is an old name. Write ${newName}.`;
  return { ...place, kind: 'deprecated', message, suggestion: newName };
}
