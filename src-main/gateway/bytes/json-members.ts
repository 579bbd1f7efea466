// Where the members of a JSON object stand in its bytes, so that one can be changed and the rest stays as it is.
import type { ChunkedBuffer } from './chunked-buffer.ts';

/** One member of the outermost object. All positions are byte offsets. */
export interface JsonMember {
  readonly name: string;
  /** Of the name's opening quote. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const quote = 0x22;
const backslash = 0x5c;
const [comma, colon, openBrace, closeBrace, openBracket, closeBracket] = [0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d];

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export function skipSpace(json: ChunkedBuffer, from: number): number {
  let at = from;
  while (isSpace(json.at(at))) at++;
  return at;
}

/** The position after the string that opens at `from`; -1 when it does not end. */
function skipString(json: ChunkedBuffer, from: number): number {
  for (let end = from; ; ) {
    end = json.indexOf(quote, end + 1);
    if (end < 0) return -1;
    let slashes = 0;
    while (json.at(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

/** The position after an object or list that opens at `from`; -1 when brackets do not match. */
function skipNested(json: ChunkedBuffer, from: number): number {
  const open: number[] = [];
  for (let at = from; at < json.length; at++) {
    const byte = json.at(at);
    if (byte === quote) {
      at = skipString(json, at) - 1;
      if (at < 0) return -1;
    } else if (byte === openBrace) open.push(closeBrace);
    else if (byte === openBracket) open.push(closeBracket);
    else if (byte === closeBrace || byte === closeBracket) {
      if (open.pop() !== byte) return -1;
      if (open.length === 0) return at + 1;
    }
  }
  return -1;
}

/** Bytes that a number, `true`, `false` or `null` may take. */
const maxWordLength = 400;

/** Letters, digits, dots and signs. */
const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && (byte >= 0x61 ? byte <= 0x7a : byte >= 0x41 ? byte <= 0x5a : byte >= 0x2b && byte <= 0x39);

/** The position after the value that begins at `from`; -1 when there is none or it does not end. */
export function skipValue(json: ChunkedBuffer, from: number): number {
  const first = json.at(from);
  if (first === quote) return skipString(json, from);
  if (first === openBrace || first === openBracket) return skipNested(json, from);
  let end = from;
  while (end < from + maxWordLength && isWordByte(json.at(end))) end++;
  const word = /^(?:true|false|null|-?\d[\d.eE+-]*)/.exec(json.text(from, end))?.[0] ?? '';
  return word === '' ? -1 : from + word.length;
}

function nameOf(json: ChunkedBuffer, start: number, end: number): string | undefined {
  const text = json.text(start + 1, end - 1);
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return undefined;
  }
}

/**
 * The members of an object in their order. Strings and numbers inside them are skipped, not checked. Undefined when
 * the bytes are no JSON object, or are cut short.
 */
export function membersOf(json: ChunkedBuffer): readonly JsonMember[] | undefined {
  const members: JsonMember[] = [];
  let at = skipSpace(json, 0);
  if (json.at(at) !== openBrace) return undefined;
  at = skipSpace(json, at + 1);
  if (json.at(at) === closeBrace) return skipSpace(json, at + 1) === json.length ? members : undefined;
  for (;;) {
    const start = at;
    if (json.at(start) !== quote) return undefined;
    const nameEnd = skipString(json, start);
    const name = nameEnd < 0 ? undefined : nameOf(json, start, nameEnd);
    at = skipSpace(json, nameEnd);
    if (name === undefined || json.at(at) !== colon) return undefined;
    const valueStart = skipSpace(json, at + 1);
    const valueEnd = skipValue(json, valueStart);
    if (valueEnd < 0) return undefined;
    members.push({ name, start, valueStart, valueEnd });
    at = skipSpace(json, valueEnd);
    if (json.at(at) === closeBrace) return skipSpace(json, at + 1) === json.length ? members : undefined;
    if (json.at(at) !== comma) return undefined;
    at = skipSpace(json, at + 1);
  }
}

/** The bytes of a member's value, copied when they lie in several pieces. */
export const valueBytes = (json: ChunkedBuffer, member: JsonMember): Buffer =>
  json.bytes(member.valueStart, member.valueEnd);

/** The last member of a name: the one that JSON readers see. */
export const memberNamed = (members: readonly JsonMember[], name: string): JsonMember | undefined =>
  members.findLast((member) => member.name === name);

/** The bytes of the value of an object's member; undefined when there is none, or no object. */
export function valueNamed(json: ChunkedBuffer, name: string): Buffer | undefined {
  const members = membersOf(json);
  const member = members && memberNamed(members, name);
  return member && valueBytes(json, member);
}

/** A member's value read as JSON; undefined when there is none or it cannot be read. */
export function readValue(json: ChunkedBuffer, members: readonly JsonMember[], name: string): unknown {
  const member = memberNamed(members, name);
  if (member === undefined) return undefined;
  try {
    return JSON.parse(json.text(member.valueStart, member.valueEnd));
  } catch {
    return undefined;
  }
}

/** New values as JSON by member name; `undefined` takes a member out. */
export type MemberValues = Readonly<Record<string, string | readonly Buffer[] | undefined>>;

/**
 * The object with these values, in pieces; a name that is not there is added at the end. Everything else keeps its bytes, but for
 * space between members when one is taken out. `members` are those of `json`.
 */
export function withMembers(
  json: ChunkedBuffer,
  members: readonly JsonMember[],
  values: MemberValues,
): readonly Buffer[] {
  const isKnown = (name: string) => members.some((member) => member.name === name);
  const added = Object.entries(values)
    .filter(([name, value]) => value !== undefined && !isKnown(name))
    .map(([name, value = 'null']) => [Buffer.from(`${JSON.stringify(name)}:`), ...piecesOf(value)]);
  const isRemoved = ({ name }: JsonMember) => Object.hasOwn(values, name) && values[name] === undefined;
  if (added.length === 0 && !members.some(isRemoved)) return replaced(json, members, values);
  const kept = members.filter((member) => !isRemoved(member)).map((member) => memberPieces(json, member, values));
  const body = [...kept, ...added].flatMap((pieces, index) => (index === 0 ? pieces : [commaBytes, pieces].flat()));
  return [openBytes, ...body, closeBytes];
}

const [openBytes, commaBytes, closeBytes] = [Buffer.from('{'), Buffer.from(','), Buffer.from('}')];

function replaced(json: ChunkedBuffer, members: readonly JsonMember[], values: MemberValues): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let copied = 0;
  for (const { name, valueStart, valueEnd } of members) {
    const value = valueFor(values, name);
    if (value === undefined) continue;
    pieces.push(...json.slice(copied, valueStart), ...piecesOf(value));
    copied = valueEnd;
  }
  return [...pieces, ...json.slice(copied)];
}

const piecesOf = (value: string | readonly Buffer[]): readonly Buffer[] =>
  typeof value === 'string' ? [Buffer.from(value)] : value;

/** Clients may name a member `valueOf` or `constructor`. */
const valueFor = (values: MemberValues, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);

function memberPieces(json: ChunkedBuffer, member: JsonMember, values: MemberValues): readonly Buffer[] {
  const value = valueFor(values, member.name);
  return value === undefined
    ? json.slice(member.start, member.valueEnd)
    : [...json.slice(member.start, member.valueStart), ...piecesOf(value)];
}
