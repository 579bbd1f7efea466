// What the desktop shell remembers: the window's place, preferences and old proxy addresses. Nothing of the config.
import ElectronStore from 'electron-store';
import { notificationKinds, type Preferences } from '../../../src-shared/desktop-contract.ts';
import type { Rectangle } from '../window/window-bounds.ts';

export interface StoredSettings {
  readonly preferences: Omit<Preferences, 'startAtLogin'>;
  readonly bounds: Rectangle | undefined;
  readonly maximised: boolean;
  /** Newest first. May carry user names and passwords, as the config does: the file is the owner's only. */
  readonly recentProxies: readonly string[];
  readonly closeNoticeShown: boolean;
  /** Encrypted by the system's keychain, base64; with the hash in the config that the key belongs to. */
  readonly managementKey: { readonly sealed: string; readonly hash: string } | undefined;
}

const defaults: StoredSettings = {
  preferences: {
    startHidden: true,
    onClose: 'keep',
    language: 'system',
    notifications: Object.fromEntries(notificationKinds.map((kind) => [kind, true])) as Preferences['notifications'],
    colouredTrayIcon: false,
    updateFeed: '',
  },
  bounds: undefined,
  maximised: false,
  recentProxies: [],
  closeNoticeShown: false,
  managementKey: undefined,
};

const maxProxies = 5;

export class DesktopSettings {
  readonly #store: ElectronStore<Partial<StoredSettings>>;

  constructor() {
    // A file that somebody damaged must not keep the program from starting: it begins anew.
    this.#store = new ElectronStore({ name: 'desktop', clearInvalidConfig: true, configFileMode: 0o600 });
  }

  get<K extends keyof StoredSettings>(name: K): StoredSettings[K] {
    return (this.#store.store[name] as StoredSettings[K] | undefined) ?? defaults[name];
  }

  set<K extends keyof StoredSettings>(name: K, value: NonNullable<StoredSettings[K]>): void {
    this.#store.set({ [name]: value } as Partial<StoredSettings>);
  }

  forget(name: keyof StoredSettings): void {
    this.#store.delete(name);
  }

  /** Complete, also when the file was written by a version that knew fewer preferences. */
  get preferences(): StoredSettings['preferences'] {
    const kept = this.get('preferences');
    return {
      ...defaults.preferences,
      ...kept,
      notifications: { ...defaults.preferences.notifications, ...kept.notifications },
    };
  }

  rememberProxy(address: string): void {
    const others = this.get('recentProxies').filter((known) => known !== address);
    this.set('recentProxies', [address, ...others].slice(0, maxProxies));
  }
}
