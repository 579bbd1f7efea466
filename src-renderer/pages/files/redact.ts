// An account file as it may be shown: the values of everything that lets one in are replaced.

const secret = /token|secret|password|cookie|api[-_]?key|credential|private|code|verifier/i;

/** Pretty-printed JSON; text that is not JSON is not shown at all. */
export function redacted(json: string, hidden: string): string {
  try {
    const hide = (key: string, value: unknown) =>
      secret.test(key) && (typeof value === 'string' || typeof value === 'number') && value !== '' ? hidden : value;
    return JSON.stringify(JSON.parse(json), hide, 2);
  } catch {
    return hidden;
  }
}
