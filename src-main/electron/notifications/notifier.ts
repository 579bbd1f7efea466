// Shows the app's notifications by the system, each once, and only those the person wants.
import { Notification } from 'electron';
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import type { AppNotification } from './notifications.ts';

export interface NotifierOptions {
  readonly wanted: () => Preferences['notifications'];
  /** A focused window shows the same itself. */
  readonly isWindowFocused: () => boolean;
  readonly open: (route: string) => void;
}

const maxRemembered = 500;

export class Notifier {
  readonly #options: NotifierOptions;
  readonly #shown = new Set<string>();
  /** A notification without a reference is collected, and its click is lost. */
  readonly #alive = new Set<Notification>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  notify(notification: AppNotification): void {
    if (this.#shown.has(notification.once)) return;
    this.#remember(notification.once);
    if (!this.#options.wanted()[notification.kind] || this.#options.isWindowFocused()) return;
    this.#show(
      notification.title,
      notification.body,
      notification.onClick ?? (() => this.#options.open(notification.route)),
    );
  }

  /** The result of something that was just asked for: shown every time. */
  show(title: string, body: string, route = 'home'): void {
    this.#show(title, body, () => this.#options.open(route));
  }

  #show(title: string, body: string, onClick: () => void): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    this.#alive.add(notification);
    notification.on('click', onClick);
    notification.on('close', () => this.#alive.delete(notification));
    notification.show();
  }

  #remember(name: string): void {
    this.#shown.add(name);
    if (this.#shown.size > maxRemembered) this.#shown.delete(this.#shown.values().next().value as string);
  }
}
