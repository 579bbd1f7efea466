// Keeps the tray in step with the program: gathers what it shows and renders it after every event.
import type { AppEvent } from '../../src-shared/events.ts';
import { logNotice } from './notices.ts';
import type { Notifier } from './notifier.ts';
import type { Program } from './program.ts';
import type { SettingsStore } from './settings-store.ts';
import { TrayView } from './tray.ts';
import { trayIconFile } from './tray-icon-file.ts';
import type { Platform, TrayAction, TrayState } from './tray-menu.ts';
import { afterEvent, nothingKnown, type TrayFacts } from './tray-state.ts';
import type { TrayText } from './tray-text.ts';

export interface TrayControlOptions {
  readonly program: Program;
  readonly settings: SettingsStore;
  readonly platform: Platform;
  readonly text: TrayText;
  readonly iconFile: (name: string) => string;
  readonly isPanelDark: () => boolean;
  readonly freePort: () => Promise<number | undefined>;
  readonly notifier: Notifier;
  readonly act: (action: TrayAction) => void;
  readonly toggleWindow: () => void;
  readonly showWindow: () => void;
}

/** How often the size of the logs is looked at while whole requests are kept. Milliseconds. */
const sizeEveryMs = 60_000;

export class TrayControl {
  readonly #options: TrayControlOptions;
  readonly #view: TrayView;
  readonly #timer: NodeJS.Timeout;
  #facts: TrayFacts = nothingKnown;
  #logBytes = 0;
  #freePort: number | undefined;

  constructor(options: TrayControlOptions) {
    this.#options = options;
    const { platform, isPanelDark, settings, iconFile } = options;
    this.#view = new TrayView(
      {
        ...options,
        iconFile: (icon) =>
          iconFile(
            trayIconFile(icon, {
              platform,
              isPanelDark: isPanelDark(),
              coloured: settings.preferences.colouredTrayIcon,
            }),
          ),
      },
      this.#state(),
    );
    this.#timer = setInterval(() => {
      if (this.#facts.settings['request-log']) void this.#measureLogs();
    }, sizeEveryMs).unref();
  }

  hear(event: AppEvent): void {
    this.#facts = afterEvent(this.#facts, event);
    if (event.event === 'config') {
      const { proxyAddress } = this.#facts;
      if (proxyAddress !== '' && this.#options.settings.get('recentProxies')[0] !== proxyAddress) {
        this.#options.settings.rememberProxy(proxyAddress);
      }
      void this.#measureLogs();
    }
    if (event.event === 'server') {
      this.#freePort = undefined;
      if (event.state === 'failed') void this.#findPort();
    }
    this.render();
  }

  render(): void {
    this.#view.render(this.#state());
  }

  destroy(): void {
    clearInterval(this.#timer);
    this.#view.destroy();
  }

  #state(): TrayState {
    const { platform, settings } = this.#options;
    const { proxyAddress, ...facts } = this.#facts;
    return {
      ...facts,
      platform,
      proxy: { address: proxyAddress, recent: settings.get('recentProxies') },
      requestLogBytes: this.#logBytes,
      freePort: this.#freePort,
    };
  }

  async #findPort(): Promise<void> {
    this.#freePort = await this.#options.freePort();
    this.render();
  }

  async #measureLogs(): Promise<void> {
    const { program, notifier, text } = this.#options;
    try {
      const info = await program.dispatch('server-info.get', undefined, { kind: 'tray' });
      this.#logBytes = (info as { readonly logBytes: number }).logBytes;
    } catch {
      // While the program cannot start there is no answer; the size is left out of the menu then.
      this.#logBytes = 0;
    }
    const notice = this.#facts.settings['request-log'] ? logNotice(this.#logBytes, text) : undefined;
    if (notice) notifier.notify(notice);
    this.render();
  }
}
