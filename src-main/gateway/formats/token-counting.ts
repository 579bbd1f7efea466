// Counting calls: what the upstream is asked, and how clients get the number.
import type { JsonObject } from '../../../src-shared/json.ts';
import type { Format } from './format.ts';

export interface TokenCounting {
  /** The request that a client's counting call asks about. */
  decodeCall(json: unknown): unknown;
  /** The body of the upstream's counting call, made from its request body. */
  encodeCall(body: unknown, model: string): JsonObject;
  /** The number in the upstream's response. */
  decodeCount(json: unknown): number | undefined;
  encodeCount(count: number): JsonObject;
}

/** Only for formats that have an endpoint that counts. */
export function countingOf({ name, counting }: Pick<Format, 'name' | 'counting'>): TokenCounting {
  if (counting === undefined) throw new Error(`the format ${name} cannot count tokens`);
  return counting;
}

/** An estimate says so in a field that clients ignore. */
export const encodeEstimate = (format: Format, count: number): JsonObject => ({
  ...countingOf(format).encodeCount(count),
  estimated: true,
});
