// Times in queries.
import { Problem } from '../../../src-shared/problem.ts';
import { parseRfc3339 } from '../../lib/time/local-time.ts';

const maxMs = 8.64e15;

/** ISO 8601 with an offset, or epoch milliseconds, as milliseconds. Throws Problem `invalid_value`. */
export function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // In an address that was not encoded the plus of an offset is a space.
  const ms = /^\d{1,16}$/.test(text) ? Number(text) : parseRfc3339(text.replace(' ', '+'));
  if (ms === undefined || ms > maxMs) {
    throw new Problem(
      'invalid_value',
      `${name}: use a time such as 2026-11-30T12:00:00.000Z, or milliseconds since 1970.`,
    );
  }
  return ms;
}
