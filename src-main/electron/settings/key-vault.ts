// The management key in plain text, in the system's keychain: the config has only its hash.
import type { SafeStorage } from 'electron';
import type { DesktopSettings } from './desktop-settings.ts';

export interface KeyVaultOptions {
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
  readonly settings: DesktopSettings;
  /** The hash in the config in force. */
  readonly hash: () => string;
  readonly log: (line: string) => void;
}

export class KeyVault {
  readonly #options: KeyVaultOptions;
  /** Where there is no keychain the key lives until the program ends. */
  #held: { readonly key: string; readonly hash: string } | undefined;

  constructor(options: KeyVaultOptions) {
    this.#options = options;
  }

  /** The key that opens the API now; undefined when it was set elsewhere and only its hash is known. */
  async key(): Promise<string | undefined> {
    const { settings, safeStorage, hash, log } = this.#options;
    const inForce = hash();
    if (this.#held?.hash === inForce) return this.#held.key;
    const kept = settings.get('managementKey');
    if (kept?.hash !== inForce || inForce === '') return undefined;
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(kept.sealed, 'base64'));
      return result;
    } catch (error) {
      log(`the kept management key cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Keeps the key that belongs to the hash in force. */
  async keep(key: string): Promise<void> {
    const { settings, safeStorage, log } = this.#options;
    const hash = this.#options.hash();
    this.#held = { key, hash };
    if (!(await this.#hasKeychain())) {
      settings.delete('managementKey');
      log('this desktop has no keychain: the management key is kept only until the program ends');
      return;
    }
    const sealed = await safeStorage.encryptStringAsync(key);
    settings.set('managementKey', { sealed: sealed.toString('base64'), hash });
  }

  /** What Chromium calls basic text is a fixed password, which keeps nobody out. */
  async #hasKeychain(): Promise<boolean> {
    const { safeStorage, platform } = this.#options;
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    return platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  }
}

/** Enough of a key to tell it from another one. */
export const hintOf = (key: string): string => `${key.slice(0, 4)}…${key.slice(-4)}`;
