// Changes elements of a JSON list in its bytes; the others keep theirs.
import { ChunkedBuffer } from './chunked-buffer.ts';
import { memberNamed, membersOf, skipSpace, skipValue, withMembers } from './json-members.ts';

const [comma, openBracket, closeBracket] = [0x2c, 0x5b, 0x5d];

/** The elements of a list, not copied. Undefined when the bytes are no JSON list, or are cut short. */
export function elementsOf(json: ChunkedBuffer): readonly ChunkedBuffer[] | undefined {
  const elements: ChunkedBuffer[] = [];
  let at = skipSpace(json, 0);
  if (json.at(at) !== openBracket) return undefined;
  at = skipSpace(json, at + 1);
  if (json.at(at) === closeBracket) return elements;
  for (;;) {
    const end = skipValue(json, at);
    if (end < 0) return undefined;
    elements.push(new ChunkedBuffer(json.slice(at, end)));
    at = skipSpace(json, end);
    if (json.at(at) === closeBracket) return elements;
    if (json.at(at) !== comma) return undefined;
    at = skipSpace(json, at + 1);
  }
}

/** What becomes of a value: new bytes, nothing (it is taken out), or `kept`. */
export type Edit = 'kept' | 'removed' | readonly Buffer[];

const [openBytes, commaBytes, closeBytes] = [Buffer.from('['), Buffer.from(','), Buffer.from(']')];

/** The list after the edits; `kept` when nothing changes, `removed` when no element is left. */
export function editElements(json: ChunkedBuffer, edit: (element: ChunkedBuffer) => Edit): Edit {
  const elements = elementsOf(json);
  if (elements === undefined) return 'kept';
  const edits = elements.map(edit);
  if (edits.every((one) => one === 'kept')) return 'kept';
  const left = edits.flatMap((one, index) =>
    one === 'removed' ? [] : [one === 'kept' ? (elements[index]?.pieces ?? []) : one],
  );
  if (left.length === 0) return 'removed';
  return [openBytes, ...left.flatMap((pieces, index) => (index === 0 ? pieces : [commaBytes, ...pieces])), closeBytes];
}

/** An object after an edit of one member. With nothing left in that member, the object is removed. */
export function editMember(json: ChunkedBuffer, name: string, edit: (value: ChunkedBuffer) => Edit): Edit {
  const members = membersOf(json);
  const member = members && memberNamed(members, name);
  if (members === undefined || member === undefined) return 'kept';
  const edited = edit(new ChunkedBuffer(json.slice(member.valueStart, member.valueEnd)));
  return typeof edited === 'string' ? edited : withMembers(json, members, { [name]: edited });
}
