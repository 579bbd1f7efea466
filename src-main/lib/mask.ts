// Hides secrets in what people see: keys, tokens, user info in URLs.

/**
 * Keeps both ends, counted in bytes of UTF-8: four bytes each of a long value, fewer of a shorter one; one or two bytes
 * stay as they are. A character cut apart becomes U+FFFD.
 */
export function mask(value: string): string {
  const bytes = Buffer.from(value);
  const kept = bytes.length > 8 ? 4 : bytes.length > 4 ? 2 : bytes.length > 2 ? 1 : 0;
  if (kept === 0) return value;
  return `${bytes.subarray(0, kept).toString()}...${bytes.subarray(-kept).toString()}`;
}

/** Whether the value already looks like output of {@link mask}. */
export function isMasked(value: string): boolean {
  return Buffer.byteLength(value) <= 2 || /^.{1,4}\.{3}.{1,4}$/su.test(value);
}

// Up to the last `@` before a path: a password may hold an unescaped `@` itself.
const userInfo = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>]*@/gi;

/** Replaces user and password in every URL within a text. */
export function maskUrlUserInfo(text: string): string {
  return text.includes('@') && text.includes('://') ? text.replace(userInfo, '$1***@') : text;
}
