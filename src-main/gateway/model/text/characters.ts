// Places in a text, in characters (code points) and in bytes of UTF-8.

const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** How many characters a text has. */
export function charactersIn(text: string): number {
  let halves = 0;
  for (let at = 0; at < text.length; at++) if (isSecondHalf(text.charCodeAt(at))) halves++;
  return text.length - halves;
}

/** The characters from one place to another. */
export const charactersOf = (text: string, start: number, end: number): string => [...text].slice(start, end).join('');

/** The place in characters of a place in bytes; at most the end. */
export const characterAt = (text: string, byte: number): number =>
  charactersIn(Buffer.from(text).toString('utf8', 0, byte));

/** The place in bytes of a place in characters; at most the end. */
export const byteAt = (text: string, character: number): number => Buffer.byteLength(charactersOf(text, 0, character));
