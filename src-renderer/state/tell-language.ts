// The tray and the native menus speak the language that was chosen in the window.
import { callDesktop, transport } from './client.ts';
import { preferencesStore } from './preferences.ts';

/** Tells the desktop app now and after each change, for the life of the page. */
export function tellLanguage(): void {
  if (!transport.desktop) return;
  let told: string | undefined;
  const tell = () => {
    const { language } = preferencesStore.get();
    if (language === told) return;
    told = language;
    callDesktop('desktop.preferences.set', { language }).catch((error: unknown) => console.error(error));
  };
  tell();
  preferencesStore.subscribe(tell);
}
