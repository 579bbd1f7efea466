// What the stream inspectors of all formats share. They look for bytes first and parse only where it matters.

import { type JsonObject, parseJson } from '../../../../src-shared/json.ts';
import type { EventFields } from '../../bytes/sse-scanner.ts';
import type { Usage } from '../../model/events.ts';
import { objectOf, textOf } from '../../model/json.ts';
import type { Format } from '../format.ts';
import type { Inspection, StreamInspector } from '../stream-inspector.ts';
import { notJson } from './stream-errors.ts';

export const nothingNew: Inspection = {};
export const begins: Inspection = { begins: true };
export const reportedWithoutWords = { status: 502, message: 'The upstream reported an error.' };
export const doneData: Buffer = Buffer.from('[DONE]');

export const parse = (data: Buffer): unknown => parseJson(data.toString());

export const invalidJson = (data: Buffer): Inspection => ({ error: notJson(data.toString()).error });

/** A member's name as it stands in JSON, for `hasMember`. */
export const quoted = (name: string): Buffer => Buffer.from(JSON.stringify(name));

/**
 * The member's value, if it is there and not null. A quoted name cannot stand inside a string, since its quotes
 * would be escaped there: looking for its bytes is enough to know that nothing has to be parsed.
 */
export function hasMember(data: Buffer, quoted: Buffer): boolean {
  for (let at = data.indexOf(quoted); at >= 0; at = data.indexOf(quoted, at)) {
    at += quoted.length;
    while (data[at] === 0x20) at++;
    if (data[at] !== 0x3a) continue;
    at++;
    while (data[at] === 0x20) at++;
    if (data[at] !== 0x6e) return true;
  }
  return false;
}

/** Whether a delta holds more than the role and empty texts. */
export const saysSomething = ({ role: _, ...delta }: JsonObject): boolean =>
  Object.values(delta).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== '' && value !== null && value !== undefined,
  );

/** The `type` of an event that is not named: near its beginning, as all servers write it, or wherever it is. */
export function typeOf(data: Buffer): string {
  const near = /^\s*\{\s*"type"\s*:\s*"([^"\\]*)"/.exec(data.toString('latin1', 0, 120))?.[1];
  return near ?? textOf(objectOf(parse(data)).type);
}

/** Merges usage that comes in parts. */
export abstract class UsageInspector implements StreamInspector {
  isComplete = false;
  readonly #usageOf: Format['usage'];
  #usage: Partial<Usage> | undefined;

  /** @param usageOf reads the counts of one event */
  constructor(usageOf: Format['usage']) {
    this.#usageOf = usageOf;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#usage;
  }

  abstract inspect(fields: EventFields, hasBegun: boolean): Inspection;

  protected addUsage(json: unknown): void {
    const usage = this.#usageOf(json);
    if (usage !== undefined) this.#usage = { ...this.#usage, ...usage };
  }
}
