// The text of a JSON value, in such a way that a large one does not hold up everyone else.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { stringifyChunked } from '@discoveryjs/json-ext';

const pieceLength = 64 * 1024;
/** Bytes written before others have their turn: a few milliseconds. */
const maxInTurn = 512 * 1024;

/** Only a string that is large itself makes a larger piece. */
export async function writeInTurns(value: unknown): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  let inTurn = 0;
  for (const text of stringifyChunked(value, { highWaterMark: pieceLength })) {
    const piece = Buffer.from(text);
    pieces.push(piece);
    inTurn += piece.length;
    if (inTurn < maxInTurn) continue;
    await yieldToEventLoop();
    inTurn = 0;
  }
  return pieces;
}
