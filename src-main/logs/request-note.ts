// What the line of a request in the log says beside method and path, written by who knows and read by who logs.

const notes = new WeakMap<object, string>();

/** `note` is one line without secrets; further notes stand behind it. To be called before the response is complete. */
export function noteRequest(response: object, note: string): void {
  const before = notes.get(response);
  notes.set(response, before === undefined ? note : `${before} | ${note}`);
}

/** `''` without one. */
export const noteOf = (response: object): string => notes.get(response) ?? '';
