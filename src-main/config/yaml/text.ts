// Positions in a text: lines, columns, and what lies between values.

export function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

export function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}

/** Past spaces and tabs. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** Where the spaces and tabs before `at` begin. */
export function blanksBefore(text: string, at: number): number {
  let start = at;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  return start;
}

/** Past white space, line breaks and comments. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && isSpace(text[at])) at += 1;
    if (text[at] !== '#') return at;
    at = lineEnd(text, at);
  }
}

export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text[start - 1])) start -= 1;
  // A byte order mark belongs to no line.
  return start === 0 && text.charCodeAt(0) === 0xfeff && at > 0 ? 1 : start;
}

/** The end of the line, before its line break. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text[end])) end += 1;
  return end;
}

/** The start of the next line; the end of the text on the last one. */
export function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2;
  return Math.min(end + 1, text.length);
}

/** The end of the line before the one that starts at `start`; -1 on the first line. */
export function previousLineEnd(text: string, start: number): number {
  if (start === 0 || !isBreak(text[start - 1])) return -1;
  return text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Whether only blanks stand before `at` on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return skipBlanks(text, lineStart(text, at)) === at;
}

/** The line break that the text uses, of several the most frequent. */
export function lineBreakOf(text: string): string {
  const count = (lineBreak: string) => text.split(lineBreak).length - 1;
  const both = count('\r\n');
  const [wide, feeds, returns] = [both, count('\n') - both, count('\r') - both];
  if (wide > 0 && wide >= feeds && wide >= returns) return '\r\n';
  return returns > feeds ? '\r' : '\n';
}

/** The end of a block scalar's last line. Blank lines after it count only where the scalar keeps them. */
export function contentEnd(text: string, start: number, end: number, keep: boolean): number {
  if (start < 0) return -1;
  let at = end;
  if (keep) {
    if (isBreak(text[at - 1])) at -= text[at - 1] === '\n' && text[at - 2] === '\r' ? 2 : 1;
    return at;
  }
  while (at > start && isSpace(text[at - 1])) at -= 1;
  return at === start ? -1 : lineEnd(text, at);
}
