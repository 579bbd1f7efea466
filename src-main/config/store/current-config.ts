// The config in force and what is wrong with the file on disk, each change of either told to listeners and clients.
import { isDeepStrictEqual } from 'node:util';
import type { ConfigNotice, ConfigView } from '../../../src-shared/contract/config.ts';
import { type Actor, byApp, byDisk } from '../../../src-shared/operation.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import type { AppEvents } from '../../events/app-events.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Disposer } from '../../lib/time/clock.ts';
import { configView } from '../config-view.ts';
import type { InvalidConfig, Snapshot } from './snapshot.ts';

export interface ConfigChange {
  readonly snapshot: Snapshot;
  readonly previous: Snapshot;
  readonly actor: Actor;
}

interface CurrentConfigOptions {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly events: AppEvents;
  readonly log: Logger;
}

export class CurrentConfig {
  readonly #settings: Settings;
  readonly #log: Logger;
  readonly #events: AppEvents;
  readonly #changes: Emitter<ConfigChange>;
  readonly #invalidStates: Emitter<InvalidConfig | undefined>;
  #snapshot: Snapshot;
  #invalid: InvalidConfig | undefined;

  constructor({ snapshot, settings, events, log }: CurrentConfigOptions) {
    this.#settings = settings;
    this.#snapshot = snapshot;
    this.#events = events;
    this.#log = log;
    const onError = (error: unknown) => log.error(`a listener of the config failed: ${String(error)}`);
    this.#changes = new Emitter(onError);
    this.#invalidStates = new Emitter(onError);
    this.#tellNotices([], byApp);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get view(): ConfigView {
    return configView(this.#snapshot.config, this.#settings);
  }

  get invalid(): InvalidConfig | undefined {
    return this.#invalid;
  }

  onChange(listener: (change: ConfigChange) => void): Disposer {
    return this.#changes.on(listener);
  }

  onInvalid(listener: (invalid: InvalidConfig | undefined) => void): Disposer {
    return this.#invalidStates.on(listener);
  }

  /** Puts a new snapshot in force; the file on disk is valid then. */
  accept(snapshot: Snapshot, actor: Actor): void {
    const previous = this.#snapshot;
    this.#snapshot = snapshot;
    const { tlsProblem } = snapshot;
    if (tlsProblem === undefined) this.#setInvalid(undefined);
    this.#changes.emit({ snapshot, previous, actor });
    this.#publish(actor);
    // Whoever hears of a config takes the file for valid.
    if (tlsProblem !== undefined && isDeepStrictEqual(tlsProblem, this.#invalid)) this.#publishInvalid(tlsProblem);
    this.#setInvalid(tlsProblem);
    this.#tellNotices(previous.notices, actor);
  }

  /** The file on disk cannot be used; what is in force stays. */
  reject(invalid: InvalidConfig): void {
    this.#setInvalid(invalid);
  }

  /** The file on disk is the config in force again, without a change to it. */
  confirm(): void {
    const { tlsProblem } = this.#snapshot;
    if (isDeepStrictEqual(this.#invalid, tlsProblem)) return;
    this.#setInvalid(tlsProblem);
    if (tlsProblem === undefined) this.#publish(byDisk);
  }

  #publish(actor: Actor): void {
    this.#events.publish('config', { config: this.view }, actor);
  }

  /** Each notice stands in the log once, not with every reading. */
  #tellNotices(before: readonly ConfigNotice[], actor: Actor): void {
    const { notices } = this.#snapshot;
    if (isDeepStrictEqual(before, notices)) return;
    const known = new Set(before.map(({ message }) => message));
    for (const { line, message } of notices)
      if (!known.has(message)) this.#log.warning(`the config file, line ${line}: ${message}`);
    this.#events.publish('config-notices', { notices }, actor);
  }

  #setInvalid(invalid: InvalidConfig | undefined): void {
    if (isDeepStrictEqual(invalid, this.#invalid)) return;
    this.#invalid = invalid;
    this.#invalidStates.emit(invalid);
    if (invalid === undefined) {
      this.#log.info('the config file is valid again');
    } else {
      const place = `line ${invalid.line}, column ${invalid.column}: ${invalid.message}`;
      this.#log.error(`the config file on disk is not used, the last valid one stays in force: ${place}`);
      this.#publishInvalid(invalid);
    }
  }

  #publishInvalid(invalid: InvalidConfig): void {
    this.#events.publish('config-broken', invalid, byDisk);
  }
}
