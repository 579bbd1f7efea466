// What the config file says that has no effect here, or an unsafe one. Names of keys are told, values never.
import { olderAliases } from '../../../src-shared/config.ts';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { bareKeys, compatibleList } from '../../../src-shared/providers.ts';
import { positionAt } from '../yaml/config-error.ts';
import { configType, type FieldType, typeAt } from '../yaml/read/field-type.ts';
import type { Entry, Node, ValueNode } from '../yaml/read/nodes.ts';
import { parseConfig } from '../yaml/read/parsed.ts';
import { countedItems, formatPath, type Path } from '../yaml/read/read-value.ts';
import { isNull } from '../yaml/read/scalars.ts';
import { isSlip } from '../yaml/read/slips.ts';
import { isDisguise } from './disguise.ts';
import { type InForce, listeningFindings } from './listening.ts';
import { isOriginalKey, unusedSentence } from './original-keys.ts';
import { policyFindings } from './policies.ts';
import { judgeValue } from './values.ts';

/** A file of anything else must not become an answer of any size. */
const maxNotices = 200;
const maxNameLength = 100;

export interface Finding extends Omit<ConfigNotice, 'line' | 'column' | 'path'> {
  readonly path: Path;
  /** Offset in the text. */
  readonly at: number;
}

const newNames: Readonly<Record<string, string>> = {
  [bareKeys.bareList]: bareKeys.list,
  [`${compatibleList}.api-keys`]: 'api-key-entries',
  [olderAliases]: 'oauth-model-alias',
  'auth.providers': 'api-keys',
};

/**
 * All notices of a valid config, in the order of the file.
 * @param inForce what is read from the text and beside it.
 * @throws ConfigError for a text that is no config.
 */
export function configNotices(text: string, inForce: InForce): readonly ConfigNotice[] {
  const { document } = parseConfig(text);
  const findings: Finding[] = [];
  if (document.root !== undefined) judge(document.root, configType, [], findings);
  findings.push(...listeningFindings(document, inForce), ...policyFindings(document, inForce));
  return findings
    .sort((one, other) => one.at - other.at)
    .slice(0, maxNotices)
    .map(({ path, at, message, ...notice }) => ({
      ...positionAt(text, at),
      path: shownPath(path),
      ...notice,
      message: printable(message),
    }));
}

const shownPath = (path: Path) => printable(formatPath(path));

/** Names of keys are any text, and stand in lines of the log. */
const printable = (text: string) => text.replace(/\p{C}/gu, '\ufffd');

const targetOf = (node: Node): ValueNode => (node.kind === 'alias' ? node.target : node);

/** `at`: where a notice about a plain value points, at its key if it has one. */
function judge(node: Node, type: FieldType, path: Path, findings: Finding[], at = node.start): void {
  // Far more than are shown: the rest of the file needs no look.
  if (findings.length > maxNotices * 10) return;
  const value = targetOf(node);
  if (value.kind === 'scalar') {
    const unsafe = judgeValue(path, value);
    if (unsafe !== undefined) findings.push({ path, at, ...unsafe });
  } else if (value.kind === 'sequence') {
    for (const [index, item] of countedItems(value, type).entries())
      judge(item.node, typeAt(type, index), [...path, index], findings);
  } else if (type.kind === 'map') {
    for (const entry of value.entries) {
      if (!entry.merge) judgeEntry(entry, type, path, findings);
      // What is merged by its name is judged where it stands.
      else if (entry.value.kind !== 'alias') judge(entry.value, mergedType(entry.value, type), path, findings);
    }
  }
}

/** Of `<<`: one mapping, or a list of them. */
const mergedType = ({ kind }: Node, type: FieldType): FieldType =>
  kind === 'sequence' ? { kind: 'list', item: type } : type;

function judgeEntry(entry: Entry, type: FieldType & { kind: 'map' }, parents: Path, findings: Finding[]): void {
  const path = [...parents, entry.name.slice(0, maxNameLength)];
  const names = Object.keys(type.fields);
  // Names of headers, providers and channels are the user's own.
  if (names.length > 0 && !names.includes(entry.name)) {
    unknownKey(entry, names, path, findings);
    return;
  }
  const newName = newNames[path.filter((key) => typeof key === 'string').join('.')];
  if (newName !== undefined) findings.push(oldKey(entry, newName, path));
  judge(entry.value, typeAt(type, entry.name), path, findings, entry.start);
}

function unknownKey(entry: Entry, names: readonly string[], path: Path, findings: Finding[]): void {
  const place = { path, at: entry.start };
  const shown = shownPath(path);
  const meant = isOriginalKey(path) ? undefined : names.find((known) => isSlip(entry.name, known));
  if (meant !== undefined) {
    const message = `${shown} is not known here. Write ${meant}.`;
    findings.push({ ...place, kind: 'misspelt', message, suggestion: meant });
    return;
  }
  const value = targetOf(entry.value);
  if (isDisguise(path, value)) {
    const message = `${shown} would make this program pass for another client, which it never does.`;
    findings.push({ ...place, kind: 'refused', message });
  } else if (
    value.kind === 'mapping' &&
    value.entries.some((inner) => isDisguise([...path, inner.name], inner.value))
  ) {
    // Not unused as a whole, so each of its keys is told.
    for (const inner of value.entries) unknownKey(inner, [], [...path, inner.name], findings);
  } else {
    findings.push({ ...place, kind: 'unused', message: unusedSentence(path, shown) });
  }
}

function oldKey({ start, value }: Entry, newName: string, path: Path): Finding {
  const place = { path, at: start };
  const node = targetOf(value);
  const isEmpty =
    isNull(node) ||
    (node.kind === 'sequence' && node.items.length === 0) ||
    (node.kind === 'mapping' && node.entries.length === 0);
  if (isEmpty) return { ...place, kind: 'unused', message: `${shownPath(path)} is empty and has no effect.` };
  const message = `${shownPath(path)} is an old name. Write ${newName}.`;
  return { ...place, kind: 'deprecated', message, suggestion: newName };
}
