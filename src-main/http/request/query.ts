// Query strings as the documented API parses them.

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** All values of each parameter. A pair with a `;` or a bad percent escape is dropped, as CLIProxyAPI does. */
export function parseQueryValues(raw: string): Readonly<Record<string, readonly string[]>> {
  const query: Record<string, string[]> = Object.create(null);
  for (const pair of raw.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [name = '', ...rest] = pair.split('=');
    const key = decode(name);
    const value = decode(rest.join('='));
    if (key === undefined || value === undefined) continue;
    query[key] ??= [];
    query[key].push(value);
  }
  return query;
}

/** The first value of each parameter. */
export function parseQuery(raw: string): Readonly<Record<string, string>> {
  return firstValues(parseQueryValues(raw));
}

export function firstValues(values: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, [first = '']] of Object.entries(values)) query[name] = first;
  return query;
}
