// Signs in with the token of the link that the program has printed.
const prefix = '#t=';

/** A session's key; undefined where the page was opened otherwise, or the token is not good any more. */
export async function keyOfLink(): Promise<string | undefined> {
  const { hash, pathname } = location;
  if (!hash.startsWith(prefix)) return undefined;
  // Used or not, it is of no use in the history.
  history.replaceState(null, '', pathname);
  try {
    const authorization = `Bearer ${hash.slice(prefix.length)}`;
    const response = await fetch('/sign-in', { method: 'POST', cache: 'no-store', headers: { authorization } });
    if (!response.ok) return undefined;
    const { key } = (await response.json()) as { readonly key: string };
    return key;
  } catch {
    // The page then asks for the key, and says itself that the server does not answer.
    return undefined;
  }
}
