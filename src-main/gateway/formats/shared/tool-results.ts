// Tool results in words, for formats whose results are only text.
import type { ToolResultPart } from '../../model/request.ts';

/** Formats without an error mark are reported in words. */
export const errorText = (result: ToolResultPart, text: string): string => (result.isError ? `Error: ${text}` : text);

/** The texts of a result; one without text says what is beside it. */
export function resultText(result: ToolResultPart): string {
  const texts = result.parts.map((part) => (part.kind === 'text' ? part.text : '')).filter((piece) => piece !== '');
  const [first] = texts;
  if (first === undefined)
    return errorText(result, result.parts.length > 0 ? 'The result is attached in the next message.' : '(empty)');
  return errorText(result, texts.join('\n'));
}
