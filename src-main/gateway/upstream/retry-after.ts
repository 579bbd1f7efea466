// When an upstream wants to be asked again, in the ways the services have of saying so.
import { type JsonObject, parseJson } from '../../../src-shared/json.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../model/json.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Seconds; undefined when it does not say. `now` in milliseconds since the epoch. */
export function retryAfterOf(headers: Headers, body: string, now: number): number | undefined {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms / 1_000;
  const header = headers['retry-after'];
  if (typeof header === 'string' && header.trim() !== '') {
    const seconds = Number(header);
    if (Number.isFinite(seconds) && seconds >= 0) return seconds;
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1_000);
  }
  return body === '' ? undefined : fromBody(parseJson(body), now);
}

/** Google's `RetryInfo`, Codex' `resets_in_seconds` and `resets_at`. */
function fromBody(json: unknown, now: number): number | undefined {
  const outer = objectOf(Array.isArray(json) ? json[0] : json);
  const error: JsonObject = objectOf(outer.error ?? outer);
  const delay = objectsOf(error.details)
    .map((detail) => /^(\d+(?:\.\d+)?)s$/.exec(textOf(detail.retryDelay))?.[1])
    .find((found) => found !== undefined);
  if (delay !== undefined) return Number(delay);
  const seconds = numberOf(error.resets_in_seconds);
  if (seconds !== undefined && seconds >= 0) return seconds;
  const at = numberOf(error.resets_at);
  return at === undefined ? undefined : Math.max(0, at - now / 1_000);
}
