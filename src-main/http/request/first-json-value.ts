// Cuts a text after its first JSON value: the documented PATCH and setting endpoints ignore what follows it.

const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The text up to the end of its first JSON value; the whole text where no value ends in it. */
export function firstJsonValue(text: string): string {
  const start = text.search(/[^ \t\r\n]/);
  if (start < 0) return text;
  const opener = text[start] as string;
  if (opener === '"') return text.slice(0, stringEnd(text, start));
  if (closers[opener] === undefined) return /^[ \t\r\n]*[^ \t\r\n,:[\]{}"]+/.exec(text)?.[0] ?? text;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at) - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return text.slice(0, at + 1);
  }
  return text;
}

/** Offset behind the string literal that starts at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
