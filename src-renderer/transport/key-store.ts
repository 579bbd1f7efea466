// Where a browser window keeps the management key: for the tab, or longer when the person says so.
const name = 'cli-proxy-desktop.management-key';

export const readKey = (): string => sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? '';

/** The key and whether it outlives the tab. */
export const keptKey = (): { readonly key: string; readonly remember: boolean } => ({
  key: readKey(),
  remember: localStorage.getItem(name) !== null,
});

/** `remember` keeps the key in this browser until it is forgotten; otherwise it goes with the tab. */
export function keepKey(key: string, remember: boolean): void {
  forgetKey();
  (remember ? localStorage : sessionStorage).setItem(name, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}
