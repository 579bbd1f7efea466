// How secrets and addresses of people are shown.

/** What stands for a key while the privacy switch is on. */
export const hiddenKey = '••••••';

/** `sk-cpd-…9f2c`: enough to tell keys apart, not enough to use one. */
export function maskKey(key: string): string {
  if (key.length <= 8) return '••••';
  const head = key.length >= 16 ? 7 : 3;
  return `${key.slice(0, head)}…${key.slice(-4)}`;
}

/** `n•••@e•••` */
export const maskEmail = (email: string): string =>
  email.replace(/([^\s@])[^\s@]*@([^\s@])[^\s@]*/g, (_, name: string, host: string) => `${name}•••@${host}•••`);

/** Hides user and password of an address. */
export const maskAddress = (url: string): string => url.replace(/\/\/[^/@\s]*@/, '//•••@');

/** Every e-mail and everything that looks like a key, in a text that is to be shown or copied. */
export const maskText = (text: string): string =>
  maskEmail(text).replace(/\b(sk-|AIza|ya29\.|eyJ|mk-)[\w.-]{6,}/g, (key) => `${key.slice(0, 4)}…`);
