// Updates from a feed the person has set. Without one nobody is ever asked; nothing is installed before the person agrees.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import electronUpdater from 'electron-updater';
import type { DesktopText } from '../text/desktop-text.ts';
import { updateConfig } from './update-config.ts';

export interface UpdatesOptions {
  readonly platform: NodeJS.Platform;
  /** Whose signature an update for Windows must carry; `''` in a build that names nobody. */
  readonly publisher: string;
  /** `''` is off. */
  readonly feedUrl: () => string;
  /** Where the updater's own config goes. */
  readonly directory: string;
  readonly text: DesktopText;
  readonly show: (title: string, body: string, route?: string) => void;
  /** A version was downloaded in the background; `install` asks the person and installs it. */
  readonly onReady: (version: string, install: () => void) => void;
  /** Whether the person agrees to install the version. */
  readonly confirm: (version: string) => Promise<boolean>;
  /** Ends the program gracefully, and takes the last step once everything is closed. */
  readonly quitWith: (lastStep: () => void) => void;
  readonly quit: () => void;
  readonly log: (line: string) => void;
}

type AppUpdater = (typeof electronUpdater)['autoUpdater'];

const checkIntervalMs = 24 * 60 * 60 * 1000;

export class Updates {
  readonly #options: UpdatesOptions;

  constructor(options: UpdatesOptions) {
    this.#options = options;
  }

  /** Checks now and then once a day. */
  start(): void {
    const check = () => void this.check({ inBackground: true });
    check();
    setInterval(check, checkIntervalMs).unref();
  }

  /** Downloads a newer version and offers to install it. `inBackground`: only a newer version is worth a notification. */
  async check({ inBackground }: { readonly inBackground: boolean }): Promise<void> {
    const { feedUrl, platform, publisher, text, show, onReady } = this.#options;
    const url = feedUrl();
    const report = inBackground ? () => {} : show;
    if (url === '') {
      report(text.updateNoFeed, text.updateNoFeedDetail, 'settings');
      return;
    }
    // Whoever controls the feed could otherwise have any program run.
    if (platform === 'win32' && publisher === '') {
      report(text.updateUnsigned, text.updateUnsignedDetail);
      return;
    }
    try {
      const updater = await this.#updater(url);
      const found = await updater.checkForUpdates();
      // Copies from a package manager or an unpacked folder are not the updater's to replace.
      if (found === null) report(text.updateUnable, text.updateUnableDetail);
      else if (!found.isUpdateAvailable) report(text.updateNone, '');
      else {
        await found.downloadPromise;
        const { version } = found.updateInfo;
        const install = () => this.#install(updater, version);
        if (inBackground) onReady(version, () => void install().catch((error) => this.#fail(error, show)));
        else await install();
      }
    } catch (error) {
      this.#fail(error, report);
    }
  }

  async #install(updater: AppUpdater, version: string): Promise<void> {
    const { confirm, quitWith, quit } = this.#options;
    if (!(await confirm(version))) return;
    quitWith(() => {
      // What cannot be installed must not keep a program alive whose server has ended.
      updater.once('error', quit);
      updater.quitAndInstall();
    });
  }

  #fail(error: unknown, report: UpdatesOptions['show']): void {
    const [line = ''] = (error as Error).message.split('\n');
    this.#options.log(`updating failed: ${line}`);
    report(this.#options.text.updateFailed, line);
  }

  /** The updater is made by its first use: while there is no feed it must not exist. */
  async #updater(url: string): Promise<AppUpdater> {
    const { directory, publisher } = this.#options;
    const { autoUpdater } = electronUpdater;
    autoUpdater.logger = null;
    autoUpdater.autoInstallOnAppQuit = false;
    // It reads its feed from a file that the packager writes where a feed is built in. Ours is the person's choice.
    const file = path.join(directory, 'update.yml');
    await writeFile(file, updateConfig({ url, publisher }), { mode: 0o600 });
    autoUpdater.updateConfigPath = file;
    return autoUpdater;
  }
}
