// Updates from a feed the person has set. Without one nobody is ever asked.
import electronUpdater from 'electron-updater';
import type { TrayText } from './tray-text.ts';

export interface UpdatesOptions {
  /** `''` is off. */
  readonly feed: () => string;
  readonly text: TrayText;
  readonly say: (title: string, body: string, place?: string) => void;
  readonly onReady: (version: string) => void;
  readonly log: (line: string) => void;
}

const everyMs = 24 * 60 * 60 * 1000;

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
    setInterval(look, everyMs).unref();
  }

  /** What is found is downloaded and installed when the program ends. `quietly`: only news is told. */
  async check({ quietly }: { readonly quietly: boolean }): Promise<void> {
    const { feed, text, say, log } = this.#options;
    const url = feed();
    if (url === '') {
      if (!quietly) say(text.updateNoFeed, text.updateNoFeedDetail, 'settings');
      return;
    }
    try {
      // The updater is made by its first use: while there is no feed it must not exist.
      const { autoUpdater } = electronUpdater;
      this.#prepare();
      autoUpdater.setFeedURL({ provider: 'generic', url });
      const found = await autoUpdater.checkForUpdates();
      if (!quietly && !found?.isUpdateAvailable) say(text.updateNone, '');
    } catch (error) {
      const { message } = error as Error;
      log(`looking for updates failed: ${message}`);
      if (!quietly) say(text.updateFailed, message.split('\n')[0] ?? '');
    }
  }

  #prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    const { autoUpdater } = electronUpdater;
    autoUpdater.logger = null;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.on('update-downloaded', ({ version }) => this.#options.onReady(version));
  }
}
