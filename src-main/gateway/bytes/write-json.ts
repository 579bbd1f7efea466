// The text of a JSON value, in such a way that a large one does not hold up everyone else.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { stringifyChunked } from '@discoveryjs/json-ext';
import { sourceJson } from '../../../src-shared/json.ts';

const pieceLength = 64 * 1024;
/** Bytes written before others have their turn: a few milliseconds. */
const maxInTurn = 512 * 1024;

/** Only a string that is large itself makes a larger piece. */
export async function writeInTurns(value: unknown): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  let inTurn = 0;
  let hasExact = false;
  const replacer = (_key: string, item: unknown): unknown => {
    hasExact ||= sourceJson.isRawJSON?.(item) === true;
    return item;
  };
  for (const text of stringifyChunked(value, { highWaterMark: pieceLength, replacer })) {
    const piece = Buffer.from(text);
    pieces.push(piece);
    inTurn += piece.length;
    if (inTurn < maxInTurn) continue;
    await yieldToEventLoop();
    inTurn = 0;
  }
  // Numbers that are written as they were read are known to the language's own writer only.
  return hasExact ? [Buffer.from(JSON.stringify(value))] : pieces;
}
