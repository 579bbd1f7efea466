// Another name for a model, written into the text of the config: a chain of one element.

const blockHead = /^model-chains:[ \t]*(?:#[^\r\n]*)?\r?$/m;
const emptyMapping = /^model-chains:[ \t]*\{[ \t]*\}[ \t]*\r?$/m;

/**
 * The text with `alias` as a name for `model`, all else byte for byte. Undefined: `model-chains` is written in a way that
 * takes a person to add to, or is not a mapping.
 */
export function withAlias(text: string, alias: string, model: string): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const entry = (indent: string) => `${indent}${JSON.stringify(alias)}: [${JSON.stringify(model)}]`;
  const empty = emptyMapping.exec(text);
  if (empty !== null) {
    const carriage = empty[0].endsWith('\r') ? '\r' : '';
    return replaceAt(text, empty, `model-chains:${end}${entry('  ')}${carriage}`);
  }
  const head = blockHead.exec(text);
  if (head !== null) {
    const after = text.slice(head.index + head[0].length);
    const child = /\n([ \t]+)[^\s#]/.exec(after.split(/\n(?=[^\s#])/, 1)[0] ?? '');
    const carriage = head[0].endsWith('\r') ? '\r' : '';
    return replaceAt(
      text,
      head,
      `${head[0].slice(0, head[0].length - carriage.length)}${end}${entry(child?.[1] ?? '  ')}${carriage}`,
    );
  }
  if (/^model-chains[ \t]*:/m.test(text)) return undefined;
  const gap = text === '' || text.endsWith('\n') ? '' : end;
  return `${text}${gap}${end}model-chains:${end}${entry('  ')}${end}`;
}

const replaceAt = (text: string, { index, 0: found }: RegExpExecArray, by: string) =>
  text.slice(0, index) + by + text.slice(index + found.length);
