// JSON and JSON with comments: reading as strictly as the program that the file belongs to.
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { JsonObject } from '../../../src-shared/json.ts';
import { setField } from '../../config/yaml/read/read-value.ts';
import { invalidAt, type Member, markLength, type Path, type TextFormat } from './format.ts';
import { insertMember, newDocument, removeMember, replaceValue } from './json-edits.ts';

/** What the program reads beyond JSON. Files that have it are refused where the program would not read them. */
export interface JsonTolerance {
  readonly comments: boolean;
  readonly trailingComma: boolean;
  readonly mark: boolean;
}

export function jsonFormat({ comments, trailingComma, mark }: JsonTolerance): TextFormat {
  const read = (text: string) => readTree(text, { disallowComments: !comments, allowTrailingComma: trailingComma });
  return {
    acceptsMark: mark,
    parse: (text) => {
      const root = read(text);
      return root === undefined ? {} : (readValue(root) as JsonObject);
    },
    member: (text, path) => memberAt(read(text), path),
    set: (text, path, value) => {
      const root = read(text);
      if (root === undefined) return [newDocument(text, path, value)];
      const node = nodeAt(root, path);
      if (node !== undefined) return [replaceValue(text, root, node, value)];
      const parent = nodeAt(root, path.slice(0, -1));
      return parent === undefined ? [] : insertMember(text, root, parent, path.at(-1) as string | number, value);
    },
    remove: (text, path) => {
      const root = read(text);
      const node = root && nodeAt(root, path);
      if (node === undefined || path.length === 0) return [];
      return removeMember(text, node.parent?.type === 'property' ? node.parent : node);
    },
  };
}

/** The tree of the text, `undefined` for one without any value. Throws Problem `agent_file_invalid`. */
function readTree(
  text: string,
  options: { readonly disallowComments: boolean; readonly allowTrailingComma: boolean },
): Node | undefined {
  const errors: ParseError[] = [];
  // A byte order mark is no white space to the parser; one blank in its place keeps every offset.
  const source = markLength(text) === 0 ? text : ` ${text.slice(1)}`;
  const root = parse(source, text, errors, options);
  const [first] = errors;
  const isEmpty = root === undefined && errors.every(({ error }) => printParseErrorCode(error) === 'ValueExpected');
  if (isEmpty) return undefined;
  if (first !== undefined) throw invalidAt(text, first.offset, sentenceOf(first, text, options.allowTrailingComma));
  if (root?.type !== 'object') throw invalidAt(text, root?.offset ?? 0, 'the file must hold a JSON object.');
  return root;
}

function parse(source: string, text: string, errors: ParseError[], options: Parameters<typeof parseTree>[2]) {
  try {
    return parseTree(source, errors, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidAt(text, 0, 'lists and objects are nested too deeply.');
  }
}

const sentences: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'there is a comment, and the program does not read files with comments.',
  PropertyNameExpected: 'the name of a property is missing.',
  ValueExpected: 'a value is missing.',
  ColonExpected: 'a colon is missing.',
  CommaExpected: 'a comma is missing.',
  CloseBraceExpected: 'a closing brace is missing.',
  CloseBracketExpected: 'a closing bracket is missing.',
  EndOfFileExpected: 'something follows the end of the JSON object.',
  UnexpectedEndOfComment: 'a comment does not end.',
  UnexpectedEndOfString: 'a string does not end.',
};

function sentenceOf({ error, offset }: ParseError, text: string, allowTrailingComma: boolean): string {
  const code = printParseErrorCode(error);
  const isMissing = code === 'PropertyNameExpected' || code === 'ValueExpected';
  const isTrailing = !allowTrailingComma && isMissing && (text[offset] === '}' || text[offset] === ']');
  if (isTrailing) return 'there is a comma behind the last value, and the program does not read such files.';
  return sentences[code] ?? 'this is not JSON.';
}

/** As `JSON.parse` reads it: of keys that are written twice the last one counts. */
function readValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(readValue);
  if (node.type !== 'object') return node.value;
  const fields: Record<string, unknown> = {};
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key !== undefined && value !== undefined) setField(fields, key.value, readValue(value));
  }
  return fields;
}

function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) node = childOf(node, step);
  return node;
}

function childOf(node: Node | undefined, step: string | number): Node | undefined {
  if (typeof step === 'number') return node?.type === 'array' ? node.children?.[step] : undefined;
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast(({ children }) => children?.[0]?.value === step)?.children?.[1];
}

function memberAt(root: Node | undefined, path: Path): Member | undefined {
  const node = root && nodeAt(root, path);
  if (node === undefined) return undefined;
  const start = node.parent?.type === 'property' ? node.parent.offset : node.offset;
  return { start, valueStart: node.offset, end: node.offset + node.length };
}
