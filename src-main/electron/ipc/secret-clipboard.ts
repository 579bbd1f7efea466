// Copies a secret, and takes it out of the clipboard again unless something else has been copied meanwhile.
import type { Clipboard } from 'electron';

const keepMs = 60_000;

export class SecretClipboard {
  readonly #clipboard: Pick<Clipboard, 'writeText' | 'readText' | 'clear'>;

  constructor(clipboard: Pick<Clipboard, 'writeText' | 'readText' | 'clear'>) {
    this.#clipboard = clipboard;
  }

  async copy(secret: string): Promise<void> {
    await this.#clipboard.writeText(secret);
    setTimeout(() => void this.#clear(secret), keepMs).unref();
  }

  async #clear(secret: string): Promise<void> {
    if ((await this.#clipboard.readText()) === secret) this.#clipboard.clear();
  }
}
