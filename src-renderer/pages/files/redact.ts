// An account file as it may be shown: the values of everything that lets one in are replaced.
import { parseJson } from '../../../src-shared/json.ts';

const secret = /token|secret|password|cookie|api[-_]?key|credential|private|code|verifier/i;

/** Pretty-printed JSON; text that is not JSON is not shown at all. */
export function redacted(json: string, hidden: string): string {
  const content = parseJson(json);
  if (content === undefined) return hidden;
  const hide = (key: string, value: unknown) =>
    secret.test(key) && (typeof value === 'string' || typeof value === 'number') && value !== '' ? hidden : value;
  return JSON.stringify(content, hide, 2);
}
