// Single values as they stand in YAML.

const plainText = /^[A-Za-z][\w./-]*$/;
const words = /^(true|false|yes|no|on|off|null)$/i;

/** Plain where YAML reads the same text back, else in double quotes. */
export function yamlScalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return plainText.test(value) && !words.test(value) ? value : JSON.stringify(value);
}
