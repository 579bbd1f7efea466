// System messages between turns. They stay where they are: moved to the front, they would change the beginning of every
// further request, and prompt caches miss from the first change on.
import type { TextPart, Turn } from '../../model/request.ts';

/** A system message in the middle of a conversation. Formats without a place for one give it as a text of the user. */
export const instructionTurn = (texts: readonly TextPart[]): Turn => ({
  role: 'user',
  parts: texts.map((part) => ({ ...part, isInstruction: true })),
});
