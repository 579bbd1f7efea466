// Request bodies with the very bytes that CLIProxyAPI's Go libraries produce.

/** A form with sorted names. Differs from URLSearchParams in `~` (left alone) and `*` (escaped). */
export function formBody(fields: Readonly<Record<string, string>>): string {
  const form = new URLSearchParams(fields);
  form.sort();
  return form.toString().replaceAll('%7E', '~').replaceAll('*', '%2A');
}

/** A JSON object with sorted names and no spaces; `<`, `>`, `&` and the Unicode line ends are escaped. */
export function jsonBody(fields: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** An address with sorted, escaped query parameters. */
export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  return `${address}?${formBody(query)}`;
}
