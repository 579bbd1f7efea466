// Editors that save a file with the line breaks of another system change every line of it, and ours as well.
import type { Operation } from './operation.ts';

type LineBreaks = '\n' | '\r\n' | undefined;

/** `undefined` for a text that has none, or both kinds. */
function lineBreaksOf(text: string): LineBreaks {
  const all = text.split('\n').length - 1;
  const wide = text.split('\r\n').length - 1;
  if (all === 0 || (wide > 0 && wide < all)) return undefined;
  return wide === 0 ? '\n' : '\r\n';
}

const withLineBreaks = (text: string, lineBreak: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\n', lineBreak);

/**
 * Works on `text` with the line breaks that it had when the changes were made, and gives the result those of `text`.
 * @param work gives back a text.
 */
export function inRecordedLineBreaks<T extends { readonly text: string }>(
  text: string,
  operations: readonly Operation[],
  work: (text: string) => T,
): T {
  const present = lineBreaksOf(text);
  const recorded = lineBreaksOf(operations.flatMap(({ splices }) => splices.map((one) => one.text + one.old)).join(''));
  if (present === undefined || recorded === undefined || present === recorded) return work(text);
  const done = work(withLineBreaks(text, recorded));
  return { ...done, text: withLineBreaks(done.text, present) };
}
