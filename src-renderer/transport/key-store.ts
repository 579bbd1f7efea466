// Where a browser window keeps the management key: for the tab, or longer when the person says so.
const name = 'cli-proxy-desktop.management-key';

export const readKey = (): string => sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? '';

/** `remember` keeps the key in this browser until it is forgotten; otherwise it goes with the tab. */
export function keepKey(key: string, remember: boolean): void {
  forgetKey();
  (remember ? localStorage : sessionStorage).setItem(name, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}
