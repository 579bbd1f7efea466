// Takes repeated characters off the end of a text. A pattern such as `/\/+$/` takes time by the square.

/** The text without any `character`s at its end. */
export function stripTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
