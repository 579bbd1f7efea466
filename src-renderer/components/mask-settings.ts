// Keys in the settings of other programs, masked for the screen.
import { hiddenKey, maskKey } from './mask.ts';

/** Ends of the names of settings whose values are secret: `apiKey`, `ANTHROPIC_AUTH_TOKEN`, `x-api-key`. */
const secretEndings = ['key', 'token', 'secret', 'password', 'authorization'];
/** What services put before a key in a header. */
const schemes = ['bearer', 'basic', 'token'];

const isSecretName = (name: string) => secretEndings.some((ending) => name.toLowerCase().endsWith(ending));

/**
 * A line of JSON, TOML, YAML or shell with its keys masked: those of `known`, and the values of settings whose names say
 * that they are secret. `isHidden` leaves nothing of them.
 */
export function maskSettings(line: string, known: readonly string[], isHidden = false): string {
  const mask = (key: string) => (isHidden ? hiddenKey : maskKey(key));
  const own = known.reduce((text, key) => (key === '' ? text : text.replaceAll(key, mask(key))), line);
  // Words at even places, what stands between them at odd ones.
  const parts = own.split(/(["'\s,{}[\]=:]+)/);
  let isValue = false;
  return parts
    .map((part, at) => {
      if (at % 2 === 1 || part === '') return part;
      const isSecret = isValue && !schemes.includes(part.toLowerCase());
      const next = parts[at + 1] ?? '';
      isValue = /[:=]/.test(next) ? isSecretName(part) : isValue && !isSecret;
      return isSecret && !part.includes('…') && part !== hiddenKey ? mask(part) : part;
    })
    .join('');
}
