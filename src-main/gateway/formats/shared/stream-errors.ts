// How an upstream's stream or response can fail, whatever its format.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { cutStream, errorOf } from '../../model/errors/upstream-error.ts';
import type { IrEvent } from '../../model/events.ts';

export type ErrorEvent = Extract<IrEvent, { type: 'error' }>;

const failed = (message: string): ErrorEvent => ({ type: 'error', error: { status: 502, message } });

/** An error that the upstream reported in an event. */
export const reportedError = (json: JsonObject): ErrorEvent => ({
  type: 'error',
  error: errorOf(json, { status: 502, message: 'The upstream reported an error.' }),
});

export const notJson = (data: string): ErrorEvent =>
  failed(`The upstream sent an event that is no JSON: ${data.slice(0, 200)}`);

/** The stream ended before the response did. */
export const cutShort = (hasStarted: boolean): ErrorEvent =>
  hasStarted ? { type: 'error', error: cutStream } : failed('The upstream sent an empty stream.');

/** A JSON response that is none of this format: an error told with status 200, or something else altogether. */
export function notAResponse(json: unknown, kind: string): ErrorEvent {
  const told = isObject(json) && json.error !== undefined && json.error !== null ? json : {};
  return {
    type: 'error',
    error: errorOf(told, { status: 502, message: `The upstream answered with something that is no ${kind}.` }),
  };
}
