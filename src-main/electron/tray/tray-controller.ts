// Keeps the tray's state up to date and renders it after every event.
import type { AppEvent } from '../../../src-shared/events.ts';
import type { AppHost } from '../app-host/app-host.ts';
import { requestLogNotification } from '../notifications/notifications.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { DesktopSettings } from '../settings/desktop-settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { trayIconFile } from './tray-icon-file.ts';
import type { TrayAction } from './tray-item.ts';
import {
  applyEvent,
  initialTrayFacts,
  limitsOf,
  type Platform,
  type TrayFacts,
  type TrayState,
  withLimits,
} from './tray-state.ts';
import { type TrayTool, trayTools } from './tray-tools.ts';
import { TrayView } from './tray-view.ts';

export interface TrayControllerOptions {
  readonly appHost: AppHost;
  readonly settings: DesktopSettings;
  readonly platform: Platform;
  readonly text: DesktopText;
  readonly iconFile: (name: string) => string;
  readonly isPanelDark: () => boolean;
  readonly freePort: () => Promise<number | undefined>;
  readonly notifier: Notifier;
  readonly onAction: (action: TrayAction) => void;
  readonly toggleWindow: () => void;
  readonly showWindow: () => void;
}

/** How often the logs are measured while whole requests are kept. Milliseconds. */
const logSizeIntervalMs = 60_000;

export class TrayController {
  readonly #options: TrayControllerOptions;
  readonly #view: TrayView;
  readonly #timer: NodeJS.Timeout;
  #facts: TrayFacts = initialTrayFacts;
  #tools: readonly TrayTool[] = [];
  #logBytes = 0;
  #freePort: number | undefined;

  constructor(options: TrayControllerOptions) {
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
    }, logSizeIntervalMs).unref();
  }

  handleEvent(event: AppEvent): void {
    this.#facts = applyEvent(this.#facts, event);
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
      if (event.state === 'running') void this.#readLimits();
      // Their files name the address.
      if (event.state === 'running') void this.#readTools();
    }
    if (event.event === 'agents') this.#tools = trayTools(event.agents);
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
    const { proxyAddress, accountLabels: _labels, accountLimits: _limits, ...facts } = this.#facts;
    return {
      ...facts,
      limits: limitsOf(this.#facts),
      tools: this.#tools,
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

  /** What was known of limits before; events tell only of changes. */
  async #readLimits(): Promise<void> {
    try {
      const { accounts } = await this.#options.appHost.dispatch('account-limits.list', undefined, { kind: 'tray' });
      this.#facts = withLimits(this.#facts, accounts);
    } catch {
      // While the app cannot start there is no response; the menu then leaves the limits out.
    }
    this.render();
  }

  /** What was set up before; events tell of changes by this program, not of what others write into the files. */
  async #readTools(): Promise<void> {
    try {
      const { agents } = await this.#options.appHost.dispatch('agents.list', undefined, { kind: 'tray' });
      this.#tools = trayTools(agents);
    } catch {
      // While the app cannot start there is no response; the menu then leaves the tools out.
      this.#tools = [];
    }
    this.render();
  }

  async #measureLogs(): Promise<void> {
    const { appHost, notifier, text } = this.#options;
    try {
      this.#logBytes = (await appHost.dispatch('server-info.get', undefined, { kind: 'tray' })).logBytes;
    } catch {
      // While the app cannot start there is no response; the menu then leaves the size out.
      this.#logBytes = 0;
    }
    const notification = this.#facts.settings['request-log'] ? requestLogNotification(this.#logBytes, text) : undefined;
    if (notification) notifier.notify(notification);
    this.render();
  }
}
