// Takes what the window knows along when it moves to another address of the same server. The two addresses share no
// storage, and an address stays in the browser's history. So the content travels encrypted behind the `#`, which no
// server sees, and the key to it in a cookie of a minute, which all ports of a host share and no history keeps.

/** What the next address begins with. */
export interface Handover {
  readonly key: string;
  readonly remember: boolean;
  /** The window's preferences as JSON. */
  readonly preferences: string;
  readonly draft: { readonly base: string; readonly text: string } | undefined;
  /** Place in the window, such as `#/settings`. */
  readonly hash: string;
}

const prefix = '#moved=';
const cookieName = 'cli-proxy-desktop-move';
const cookieSeconds = 60;
/** The longest address that every browser takes. Bytes. */
const maxLength = 500_000;

const cookie = (value: string, seconds: number) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is missing in half of the browsers.
  document.cookie = `${cookieName}=${value}; path=${location.pathname}; max-age=${seconds}; SameSite=Strict`;
};

const encode = (bytes: Uint8Array<ArrayBuffer>) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
const decode = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const imported = (key: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
/** The key is used once, so that no vector can come twice. */
const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };

/** The fragment that hands over; empty where the page is not trusted with cryptography, or it is too much to carry. */
export async function handoverFragment(handover: Handover): Promise<string> {
  if (!isSecureContext) return '';
  const key = crypto.getRandomValues(new Uint8Array(32));
  const content = new TextEncoder().encode(JSON.stringify(handover));
  if (content.length > maxLength) return '';
  const sealed = await crypto.subtle.encrypt(algorithm, await imported(key), content);
  cookie(encode(key), cookieSeconds);
  return prefix + encode(new Uint8Array(sealed));
}

/** What the former address handed over; undefined where nothing was, or it cannot be read. Takes it off the address. */
export async function receiveHandover(): Promise<Handover | undefined> {
  const { hash, pathname } = location;
  if (!hash.startsWith(prefix)) return undefined;
  const key = new RegExp(`(?:^|; )${cookieName}=([^;]+)`).exec(document.cookie)?.[1];
  cookie('', 0);
  history.replaceState(null, '', pathname);
  if (key === undefined) return undefined;
  try {
    const opened = await crypto.subtle.decrypt(
      algorithm,
      await imported(decode(key)),
      decode(hash.slice(prefix.length)),
    );
    const handover = JSON.parse(new TextDecoder().decode(opened)) as Handover;
    history.replaceState(null, '', pathname + handover.hash);
    return handover;
  } catch {
    // Another address's leftover, or a fragment that was cut: the page asks for the key as usual.
    return undefined;
  }
}
