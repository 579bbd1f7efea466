// Shows notices as notifications of the system, each once, and only those the person wants.
import { Notification } from 'electron';
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import type { AppNotification } from './notifications.ts';

export interface NotifierOptions {
  readonly wanted: () => Preferences['notifications'];
  /** The window shows the same itself while it is looked at. */
  readonly isWindowFocused: () => boolean;
  readonly open: (place: string) => void;
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

  notify(notice: AppNotification): void {
    if (this.#shown.has(notice.once)) return;
    this.#remember(notice.once);
    if (!this.#options.wanted()[notice.kind] || this.#options.isWindowFocused()) return;
    this.say(notice.title, notice.body, notice.place);
  }

  /** The answer to something that was just asked for: shown every time. */
  say(title: string, body: string, place = 'home'): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    this.#alive.add(notification);
    notification.on('click', () => this.#options.open(place));
    notification.on('close', () => this.#alive.delete(notification));
    notification.show();
  }

  #remember(name: string): void {
    this.#shown.add(name);
    if (this.#shown.size > maxRemembered) this.#shown.delete(this.#shown.values().next().value as string);
  }
}
