// Reads plain values from a document tree, each by the type of its field.
import { ConfigError } from '../config-error.ts';
import { configType, type FieldType, typeAt } from './field-type.ts';
import type { Document, MappingNode, Node, SequenceNode } from './nodes.ts';
import { isNull, isTagged, toBoolean, toCoreValue, toExactInteger, toInteger, toNumber } from './scalars.ts';

export type Path = readonly (string | number)[];
export type Fields = Record<string, unknown>;

/** No real config comes near this many values. */
const maxValues = 500_000;

/**
 * The mapping that the document is. A null where the type is known counts as absent, and null elements of such lists
 * are skipped, as CLIProxyAPI does.
 * @throws ConfigError on a wrong type, and where the document is no mapping.
 */
export function readDocument(document: Document, type: FieldType = configType): Fields {
  const { root, text } = document;
  if (root === undefined || isNull(root))
    throw new ConfigError(text, 0, 'the document is empty; it must be a mapping of keys to values.');
  if (root.kind !== 'mapping')
    throw new ConfigError(text, root.start, 'the document must be a mapping of keys to values.');
  return new ValueReader(text).read(root, type, []) as Fields;
}

/** The items of a list that count, with null elements left out where the type is known. */
export function countedItems(node: SequenceNode, type: FieldType): SequenceNode['items'] {
  return type.kind === 'list' ? node.items.filter((item) => !isNull(item.node)) : node.items;
}

export function setField(fields: Fields, name: string, value: unknown): void {
  // Plain assignment to this one name would change the prototype.
  if (name === '__proto__')
    Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true });
  else fields[name] = value;
}

/** `api-keys[2]`, `remote-management.host`. */
export function formatPath(path: Path): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}

class ValueReader {
  readonly #text: string;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: Node, type: FieldType, path: Path): unknown {
    this.#count += 1;
    if (this.#count > maxValues)
      throw this.#error(node, path, `there are more than ${maxValues.toLocaleString('en')} values`);
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind === 'scalar') return this.#scalar(node, type, path);
    if (target.kind === 'sequence') {
      if (type.kind !== 'list' && type.kind !== 'any') throw this.#error(node, path, expected(type));
      if (target.tag !== undefined && target.tag !== '!' && !isTagged(target, 'seq'))
        throw this.#error(node, path, `the tag ${target.tag} is not known here`);
      return countedItems(target, type).map((item, index) =>
        this.read(item.node, typeAt(type, index), [...path, index]),
      );
    }
    if (type.kind !== 'map' && type.kind !== 'any') throw this.#error(node, path, expected(type));
    if (target.tag !== undefined && target.tag !== '!' && !isTagged(target, 'map'))
      throw this.#error(node, path, `the tag ${target.tag} is not known here`);
    return this.#mapping(target, type, path);
  }

  #mapping(node: MappingNode, type: FieldType, path: Path): Fields {
    const fields: Fields = {};
    for (const entry of node.entries) {
      if (entry.merge) continue;
      const value = this.read(entry.value, typeAt(type, entry.name), [...path, entry.name]);
      if (value !== undefined) setField(fields, entry.name, value);
    }
    const own = new Set(node.entries.map((entry) => entry.name));
    for (const entry of node.entries) {
      if (entry.merge) this.#merge(fields, own, entry.value, type, path);
    }
    return fields;
  }

  /** Own keys win over merged ones, earlier merged ones over later ones. */
  #merge(fields: Fields, own: ReadonlySet<string>, source: Node, type: FieldType, path: Path): void {
    const target = source.kind === 'alias' ? source.target : source;
    if (target.kind === 'sequence') {
      for (const item of target.items) this.#merge(fields, own, item.node, type, path);
    } else if (target.kind === 'mapping') {
      this.#count += 1;
      for (const [name, value] of Object.entries(this.#mapping(target, type, path))) {
        if (!own.has(name) && !Object.hasOwn(fields, name)) setField(fields, name, value);
      }
    } else throw this.#error(source, [...path, '<<'], 'only mappings can be merged');
  }

  #scalar(node: Node, type: FieldType, path: Path): unknown {
    const scalar = node.kind === 'alias' ? node.target : node;
    if (scalar.kind !== 'scalar') return undefined;
    if (type.kind === 'any') {
      const value = toCoreValue(scalar);
      if (value === undefined) throw this.#error(node, path, `the tag ${scalar.tag} does not fit this value`);
      return value;
    }
    if (isNull(scalar)) return undefined;
    const value =
      type.kind === 'boolean'
        ? toBoolean(scalar)
        : type.kind === 'integer'
          ? toInteger(scalar)
          : type.kind === 'exact-integer'
            ? toExactInteger(scalar)
            : type.kind === 'number'
              ? toNumber(scalar)
              : type.kind === 'string'
                ? scalar.text
                : undefined;
    if (value === undefined) throw this.#error(node, path, expected(type));
    return value;
  }

  #error(node: Node, path: Path, sentence: string): ConfigError {
    return new ConfigError(this.#text, node.start, `${formatPath(path)}: ${sentence}.`);
  }
}

const sentences = {
  boolean: 'must be true or false',
  integer: 'must be a whole number',
  'exact-integer': 'must be a whole number',
  number: 'must be a number',
  string: 'must be text',
  list: 'must be a list',
  map: 'must be a mapping of keys to values',
  any: 'must be a value',
} as const satisfies Record<FieldType['kind'], string>;

function expected(type: FieldType): string {
  return sentences[type.kind];
}
