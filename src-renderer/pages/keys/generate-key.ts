// A random client key.

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const length = 32;

/** `sk-cpd-` and 32 characters that cannot be mistaken for each other: about 186 bits. */
export function generateKey(): string {
  let key = '';
  while (key.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // Bytes beyond the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % alphabet.length) && key.length < length) key += alphabet[byte % alphabet.length];
    }
  }
  return `sk-cpd-${key}`;
}
