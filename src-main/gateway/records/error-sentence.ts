// Errors as they are kept: one sentence without keys, though providers quote them.
import { mask } from '../../lib/mask.ts';

const maxLength = 300;
/** Shorter ones are parts of ordinary words. */
const minSecretLength = 3;

/** `secrets`: every configured or presented key and token. */
export function errorSentence(message: string, secrets: Iterable<string>): string {
  let text = message.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  for (const secret of secrets) {
    if (secret.length >= minSecretLength && text.includes(secret)) text = text.replaceAll(secret, mask(secret));
  }
  const letters = [...text];
  return letters.length > maxLength ? `${letters.slice(0, maxLength - 1).join('')}…` : text;
}
