// Keys, headers and addresses of the config that HTTP cannot carry.
import type { Config } from '../../../src-shared/config.ts';
import { isObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { bareKeys, compatibleList, keyListNames } from '../../../src-shared/providers.ts';
import { formatPath, type Path } from '../yaml/read/read-value.ts';
import { placeOfKey } from '../yaml/read-config.ts';

/** A value at its path, with what is wrong with it. The sentence never shows the value. */
export interface UnsendableValue {
  readonly path: Path;
  readonly sentence: string;
}

/** The bytes of a header are read as Latin-1, in which clients may send any text as UTF-8. */
const highest = { clientKey: 0x10ffff, upstream: 0xff } as const;

/** The characters of a header's name (RFC 9110, section 5.6.2). */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

const addressNames = ['base-url', 'proxy-url'] as const;

/** What of a client key or of an entry of a provider list cannot be sent; empty for a usable one. */
export function unsendableIn(item: unknown, path: Path): readonly UnsendableValue[] {
  // White space around what upstreams get is not sent.
  if (typeof item === 'string') return unsendable(item.trim(), path, highest.upstream);
  if (!isObject(item)) return [];
  const { 'api-key': key, 'api-keys': keys, 'api-key-entries': entries, headers } = item;
  return [
    ...addressNames.flatMap((name) => unsendableAddress(item[name], [...path, name])),
    ...unsendableIn(typeof key === 'string' ? key : undefined, [...path, 'api-key']),
    ...unsendableItems(keys, [...path, 'api-keys']),
    ...unsendableItems(entries, [...path, 'api-key-entries']),
    ...Object.entries(isObject(headers) ? headers : {}).flatMap(([name, value]) =>
      unsendableHeader(name, value, [...path, 'headers']),
    ),
  ];
}

/** The same for a key that clients send, which may be in any script. */
export const unsendableClientKey = (key: string, path: Path): readonly UnsendableValue[] =>
  unsendable(key, path, highest.clientKey);

/** The same for one of the headers at a path. */
export function unsendableHeader(name: string, value: unknown, path: Path): readonly UnsendableValue[] {
  if (name.trim() !== '' && !headerName.test(name.trim()))
    return [{ path, sentence: `${JSON.stringify(name)} is no name of an HTTP header` }];
  return unsendableIn(value, [...path, name]);
}

/** The same for a whole config, as read or normalised. */
export function unsendableInConfig(config: Config): readonly UnsendableValue[] {
  return [
    ...config['api-keys'].flatMap((key, index) => unsendableClientKey(key, ['api-keys', index])),
    ...[...keyListNames, bareKeys.bareList, compatibleList].flatMap((list) => unsendableItems(config[list], [list])),
  ];
}

/** Throws Problem `invalid_value` that names the first of these values. */
export function rejectUnsendable([first]: readonly UnsendableValue[]): void {
  if (first) throw new Problem('invalid_value', `${formatPath(first.path)}: ${first.sentence}.`);
}

/** Throws Problem `invalid_config` with the place of the first value that cannot be sent. `config` as read from `text`. */
export function rejectUnsendableText(text: string, config: Config): void {
  const [first] = unsendableInConfig(config);
  if (first === undefined) return;
  const place = placeOfKey(text, first.path);
  throw new Problem('invalid_config', `${formatPath(first.path)}: ${first.sentence}.`, { place });
}

function unsendableItems(items: unknown, path: Path): readonly UnsendableValue[] {
  return Array.isArray(items) ? items.flatMap((item: unknown, index) => unsendableIn(item, [...path, index])) : [];
}

/** A URL's parser takes them out silently, so that the address in use is another than the one that is shown. */
function unsendableAddress(value: unknown, path: Path): readonly UnsendableValue[] {
  if (typeof value !== 'string' || !/[\x00-\x1f\x7f]/.test(value.trim())) return [];
  return [{ path, sentence: 'contains a line break or another control character, which no address can have' }];
}

function unsendable(value: string, path: Path, highestCode: number): readonly UnsendableValue[] {
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0x0a || code === 0x0d)
      return [{ path, sentence: 'contains a line break, which no HTTP header can carry' }];
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > highestCode) {
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      return [{ path, sentence: `contains the character ${name}, which no HTTP header can carry` }];
    }
  }
  return [];
}
