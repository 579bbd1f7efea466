// Updates from a feed the person has set. Without one nobody is ever asked.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import electronUpdater from 'electron-updater';
import type { DesktopText } from '../text/desktop-text.ts';

export interface UpdatesOptions {
  /** `''` is off. */
  readonly feed: () => string;
  /** Where the updater's own settings go. */
  readonly folder: string;
  readonly text: DesktopText;
  readonly say: (title: string, body: string, place?: string) => void;
  readonly onReady: (version: string) => void;
  readonly log: (line: string) => void;
}

const checkIntervalMs = 24 * 60 * 60 * 1000;

export class Updates {
  readonly #options: UpdatesOptions;
  #isPrepared = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
  }

  /** Looks now and then once a day. */
  start(): void {
    const look = () => void this.check({ quietly: true });
    look();
    setInterval(look, checkIntervalMs).unref();
  }

  /** What is found is downloaded and installed when the program ends. `quietly`: only news is told. */
  async check({ quietly }: { readonly quietly: boolean }): Promise<void> {
    const { feed, text, say } = this.#options;
    const url = feed();
    const answer = quietly ? () => {} : say;
    if (url === '') {
      answer(text.updateNoFeed, text.updateNoFeedDetail, 'settings');
      return;
    }
    try {
      const found = await (await this.#updater(url)).checkForUpdates();
      // Copies from a package manager or an unpacked folder are not the updater's to replace.
      if (found === null) answer(text.updateUnable, text.updateUnableDetail);
      else if (!found.isUpdateAvailable) answer(text.updateNone, '');
      else await found.downloadPromise;
    } catch (error) {
      const [line = ''] = (error as Error).message.split('\n');
      this.#options.log(`updating failed: ${line}`);
      answer(text.updateFailed, line);
    }
  }

  /** The updater is made by its first use: while there is no feed it must not exist. */
  async #updater(url: string): Promise<(typeof electronUpdater)['autoUpdater']> {
    const { folder, onReady } = this.#options;
    const { autoUpdater } = electronUpdater;
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      autoUpdater.logger = null;
      autoUpdater.on('update-downloaded', ({ version }) => onReady(version));
    }
    // It reads its feed from a file that the packager writes where a feed is built in. Ours is the person's choice.
    const file = path.join(folder, 'update.yml');
    const settings = { provider: 'generic', url, updaterCacheDirName: 'cli-proxy-desktop' };
    await writeFile(file, JSON.stringify(settings), { mode: 0o600 });
    autoUpdater.updateConfigPath = file;
    return autoUpdater;
  }
}
