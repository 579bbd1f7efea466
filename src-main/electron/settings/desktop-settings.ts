// What the desktop app remembers beside the config: the window's bounds, preferences, earlier proxy addresses.
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
  /** The store reads its file whenever it is asked. */
  #stored: Partial<StoredSettings>;

  constructor() {
    // A damaged file must not keep the program from starting: it is replaced by the defaults.
    this.#store = new ElectronStore({ name: 'desktop', clearInvalidConfig: true, configFileMode: 0o600 });
    this.#stored = this.#store.store;
  }

  get<K extends keyof StoredSettings>(name: K): StoredSettings[K] {
    return (this.#stored[name] as StoredSettings[K] | undefined) ?? defaults[name];
  }

  set<K extends keyof StoredSettings>(name: K, value: NonNullable<StoredSettings[K]>): void {
    this.#stored = { ...this.#stored, [name]: value };
    this.#store.set({ [name]: value } as Partial<StoredSettings>);
  }

  delete(name: keyof StoredSettings): void {
    this.#stored = { ...this.#stored, [name]: undefined };
    this.#store.delete(name);
  }

  /** Complete, also when the file was written by a version that knew fewer preferences. */
  get preferences(): StoredSettings['preferences'] {
    const stored = this.get('preferences');
    return {
      ...defaults.preferences,
      ...stored,
      notifications: { ...defaults.preferences.notifications, ...stored.notifications },
    };
  }

  rememberProxy(address: string): void {
    const others = this.get('recentProxies').filter((known) => known !== address);
    this.set('recentProxies', [address, ...others].slice(0, maxProxies));
  }
}
