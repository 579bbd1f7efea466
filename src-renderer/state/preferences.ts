// What the person prefers in this window; kept by the browser, not by the server.
import { createStore, useStore } from './store.ts';

export interface WindowPreferences {
  readonly language: 'system' | 'en' | 'zh-CN';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly contrast: boolean;
  /** Hides e-mails and keys everywhere, also in copies of reports. */
  readonly privacy: boolean;
  readonly hideManagementCalls: boolean;
  readonly followLogs: boolean;
  /** Sign-ins whose terms are not to be said again, with the day of the wording that was read. */
  readonly readTerms: Readonly<Record<string, string>>;
}

const name = 'cli-proxy-desktop.window';
const defaults: WindowPreferences = {
  language: 'system',
  theme: 'auto',
  contrast: false,
  privacy: false,
  hideManagementCalls: true,
  followLogs: true,
  readTerms: {},
};

function read(stored: () => string | null): WindowPreferences {
  try {
    return { ...defaults, ...(JSON.parse(stored() ?? '{}') as Partial<WindowPreferences>) };
  } catch {
    // Storage that is switched off or holds something else is as good as empty.
    return defaults;
  }
}

export const preferencesStore = createStore(read(() => localStorage.getItem(name)));

export const usePreferences = (): WindowPreferences => useStore(preferencesStore);

export function setPreference<K extends keyof WindowPreferences>(key: K, value: WindowPreferences[K]): void {
  preferencesStore.set({ ...preferencesStore.get(), [key]: value });
  localStorage.setItem(name, JSON.stringify(preferencesStore.get()));
}

/** Takes over preferences as they were kept elsewhere. */
export function restorePreferences(json: string): void {
  preferencesStore.set(read(() => json));
  localStorage.setItem(name, JSON.stringify(preferencesStore.get()));
}

export const usePrivacy = (): boolean => usePreferences().privacy;
