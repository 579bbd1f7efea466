// Tool results in words, for forms whose results are only text.
import type { ToolResultPart } from '../../ir/request.ts';

/** The texts of a result; an error says so first, and a result without text says what is beside it. */
export function resultText(result: ToolResultPart): string {
  const text = result.parts
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .filter((piece) => piece !== '')
    .join('\n');
  const shown =
    text !== '' ? text : result.parts.length > 0 ? 'The result is attached in the next message.' : '(empty)';
  return result.isError ? `Error: ${shown}` : shown;
}
