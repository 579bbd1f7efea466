// What the text of a scalar means, for a field of a given type or by the core schema.
import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag } from 'js-yaml';
import type { Node, ScalarNode } from './nodes.ts';

/** YAML 1.1 words that a boolean field takes, quoted or not, as Go's yaml.v3 does. */
const words = new Map<string, boolean>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

export function isBooleanWord(text: string): boolean {
  return words.has(text);
}

/** Plain `null`, `~` or nothing. */
export function isNull(node: Node): boolean {
  const scalar = node.kind === 'alias' ? node.target : node;
  if (scalar.kind !== 'scalar') return false;
  if (isTagged(scalar, 'null')) return true;
  return isPlain(scalar) && nullCoreTag.resolve(scalar.text, false, '') === null;
}

/** `undefined` where the text is not of that type. */
export function toBoolean(node: ScalarNode): boolean | undefined {
  const word = words.get(node.text);
  if (word !== undefined) return word;
  const value = isPlain(node) || isTagged(node, 'bool') ? boolCoreTag.resolve(node.text, false, '') : NOT_RESOLVED;
  return value === NOT_RESOLVED ? undefined : value;
}

/** A float is cut off, as CLIProxyAPI does. `undefined` where the text is not a number a 64-bit float holds exactly. */
export function toInteger(node: ScalarNode): number | undefined {
  if (!isPlain(node) && !isTagged(node, 'int')) return undefined;
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(node.text.replaceAll('_', '')) ?? [];
  const number = unsigned(digits);
  if (number === undefined || !Number.isSafeInteger(number)) return undefined;
  return sign === '-' && number !== 0 ? -number : number;
}

/** With its fraction. `undefined` where the text is no finite number. */
export function toNumber(node: ScalarNode): number | undefined {
  const value = isPlain(node) || isTagged(node, 'float') || isTagged(node, 'int') ? plainValue(node.text) : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : toInteger(node);
}

/** `undefined` for a float too, even one without a fraction. */
export function toExactInteger(node: ScalarNode): number | undefined {
  return floatCoreTag.resolve(node.text, false, '') === NOT_RESOLVED ||
    intCoreTag.resolve(node.text, false, '') !== NOT_RESOLVED
    ? toInteger(node)
    : undefined;
}

function unsigned(digits: string): number | undefined {
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  if (/^(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|\d+)$/.test(digits)) return Number(digits);
  const float = floatCoreTag.resolve(digits, false, '');
  return float === NOT_RESOLVED ? undefined : Math.trunc(float);
}

/** The value by the core schema. `undefined` where an explicit tag does not fit the text. */
export function toCoreValue(node: ScalarNode): unknown {
  if (node.tag === undefined) return node.style === 'plain' ? plainValue(node.text) : node.text;
  if (node.tag === '!' || isTagged(node, 'str')) return node.text;
  const value = plainValue(node.text);
  if (isTagged(node, 'null')) return value === null ? null : undefined;
  if (isTagged(node, 'bool')) return typeof value === 'boolean' ? value : undefined;
  if (isTagged(node, 'int')) return Number.isInteger(value) ? value : undefined;
  if (isTagged(node, 'float')) return typeof value === 'number' ? value : undefined;
  return undefined;
}

/** What a plain scalar of this text is by the core schema. */
export function plainValue(text: string): unknown {
  for (const tag of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
    const value = tag.resolve(text, false, '');
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

function isPlain(node: ScalarNode): boolean {
  return node.style === 'plain' && node.tag === undefined;
}

export function isTagged(node: Node, type: string): boolean {
  return node.tag === `!!${type}` || node.tag === `!<tag:yaml.org,2002:${type}>`;
}
