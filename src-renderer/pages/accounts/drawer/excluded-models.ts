// Which models an account does not offer: by its own list or by that of its provider, each of names and patterns.

/** `*` stands for anything; case does not matter. Takes time in proportion to the lengths. */
export function matchesPattern(model: string, pattern: string): boolean {
  const name = model.toLowerCase();
  const parts = pattern.trim().toLowerCase().split('*');
  const [head = ''] = parts;
  if (parts.length === 1) return name === head;
  const tail = parts.at(-1) ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}

/** The entry of a list that leaves a model out. */
export const excludedBy = (model: string, list: readonly string[]): string | undefined =>
  list.find((pattern) => matchesPattern(model, pattern));

/** The list with a model let in or left out. Patterns stay: what they leave out is changed where they are written. */
export function withModel(list: readonly string[], model: string, isOffered: boolean): readonly string[] {
  const others = list.filter((entry) => entry.trim().toLowerCase() !== model.toLowerCase());
  return isOffered ? others : [...others, model];
}
