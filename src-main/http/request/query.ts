// Query strings as the documented API parses them.

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** First value of each parameter. A pair with a `;` or a bad percent escape is dropped, as CLIProxyAPI does. */
export function parseQuery(raw: string): Readonly<Record<string, string>> {
  const query: Record<string, string> = Object.create(null);
  for (const pair of raw.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [name = '', ...rest] = pair.split('=');
    const key = decode(name);
    const value = decode(rest.join('='));
    if (key === undefined || value === undefined || key in query) continue;
    query[key] = value;
  }
  return query;
}
