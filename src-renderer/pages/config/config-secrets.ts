// The secrets of a config that no name stands before: client keys in their list, passwords in addresses.

/** Lists of keys, which have an item a line and nothing but the key in it. */
const keyLists = ['api-keys', 'api-key-entries'];

/** Longest first, so that a key within another does not leave the rest of it in sight. */
export function configSecrets(text: string): readonly string[] {
  const secrets = new Set<string>();
  let list = '';
  for (const line of text.split('\n')) {
    const key = /^\s*(?:- )?([\w-]+):(.*)$/.exec(line);
    if (key) {
      list = key[1] ?? '';
      // `api-keys: [one, two]`
      if (keyLists.includes(list)) for (const word of (key[2] ?? '').split(/[[\]\s,"']+/)) secrets.add(word);
    } else if (keyLists.includes(list)) secrets.add(/^\s*- *["']?([^\s"'#]+)/.exec(line)?.[1] ?? '');
    const password = /:\/\/([^/@\s]+)@/.exec(line)?.[1];
    if (password) secrets.add(password);
  }
  secrets.delete('');
  return [...secrets].sort((a, b) => b.length - a.length);
}
