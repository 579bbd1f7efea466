// Who changed what since the start, for the activity list of the window.
import { isDeepStrictEqual } from 'node:util';
import type { ActivityEntry } from '../../src-shared/contract/activity.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';

const maxEntries = 100;

export interface ActivityOptions {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly onEvent: (listener: (event: AppEvent) => void) => Disposer;
  readonly clock?: Clock;
}

export class Activity {
  readonly #clock: Clock;
  readonly #disposers: readonly Disposer[];
  #entries: readonly ActivityEntry[] = [];

  constructor({ config, authFiles, onEvent, clock = systemClock }: ActivityOptions) {
    this.#clock = clock;
    let files = new Set(authFiles.all.map(({ name }) => name));
    this.#disposers = [
      config.onChange(({ snapshot, previous, actor }) => {
        const keys = changedKeys(previous.config, snapshot.config);
        if (keys.length > 0) this.#add('config', actor.kind, '', keys);
      }),
      authFiles.onChange((change) => {
        const now = new Set(change.files.map(({ name }) => name));
        for (const name of now) if (!files.has(name)) this.#add('account-added', change.actor.kind, name);
        for (const name of files) if (!now.has(name)) this.#add('account-removed', change.actor.kind, name);
        files = now;
      }),
      onEvent((event) => {
        if (event.event === 'config-broken') this.#add('config-broken', event.actor.kind, '');
        if (event.event === 'login' && event.status === 'ok') this.#add('login', event.actor.kind, event.provider);
      }),
    ];
  }

  /** Newest first. */
  list(): ActivityEntry[] {
    return [...this.#entries];
  }

  close(): void {
    for (const dispose of this.#disposers) dispose();
  }

  #add(
    kind: ActivityEntry['kind'],
    actor: ActivityEntry['actor'],
    subject: string,
    keys: readonly string[] = [],
  ): void {
    const time = new Date(this.#clock.now()).toISOString();
    this.#entries = [{ time, actor, kind, subject, keys: [...keys] }, ...this.#entries].slice(0, maxEntries);
  }
}

/** Top-level keys whose values differ. */
function changedKeys(before: object, after: object): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const value = (document: object, key: string) => (document as Readonly<Record<string, unknown>>)[key];
  return [...keys].filter((key) => !isDeepStrictEqual(value(before, key), value(after, key)));
}
