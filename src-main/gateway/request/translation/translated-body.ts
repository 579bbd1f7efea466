// The text of a translated request, made so that a large one does not hold up everyone else.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { writeInTurns } from '../../bytes/write-json.ts';
import type { ClientRequest } from '../../client/client-request.ts';
import type { BodyBytes } from '../../upstream/send.ts';

/** Others are served while a body of more bytes is translated. */
const largeBytes = 256 * 1024;

/** @param translate makes the JSON value to send */
export async function translatedBody(request: ClientRequest, translate: () => unknown): Promise<BodyBytes> {
  if (request.body.length <= largeBytes) return JSON.stringify(translate());
  // Node ends a pause that began while bytes were coming in before it looks for others; only the next one lets them in.
  await yieldToEventLoop();
  request.decoded();
  await yieldToEventLoop();
  return writeInTurns(translate());
}
