// The config file as the one truth: the last good read of it, one queue for all writers, and the watch on it.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createConfigSchema } from '../../../src-shared/config.ts';
import type { ConfigView } from '../../../src-shared/contract/config.ts';
import { type Actor, byDisk } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { settings as programSettings, type Settings } from '../../../src-shared/settings.ts';
import type { AppEvents } from '../../events/app-events.ts';
import { Emitter } from '../../lib/emitter.ts';
import { fileErrorSentence, removeLeftovers } from '../../lib/files/atomic-file.ts';
import { FileWatch } from '../../lib/files/file-watch.ts';
import { KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Logger } from '../../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../../lib/time/clock.ts';
import { configView } from '../config-view.ts';
import { type InvalidConfig, invalidBy } from './config-document.ts';
import { overwrite, readVersion, replaceVersion, type Version } from './config-file.ts';
import { ConfigReader } from './config-reader.ts';
import { type HashSecret, hashSecret, isPlainSecret, secretOf } from './config-secret.ts';
import { type Change, EditBatch } from './edit-batch.ts';
import type { Snapshot } from './snapshot.ts';

export interface ConfigChange {
  readonly snapshot: Snapshot;
  readonly previous: Snapshot;
  readonly actor: Actor;
}

export interface ConfigStoreOptions {
  readonly file: string;
  readonly clock?: Clock;
  readonly log: Logger;
  readonly events: AppEvents;
  /** The settings that the config has. Default: those of the program. */
  readonly settings?: Settings;
  /** Where to hash a plain-text management key. Default: here, in slices on the main thread. */
  readonly hash?: HashSecret;
}

/** In milliseconds. A save in place leaves an empty or half file for a moment, an editor's backup dance none at all. */
const settlePauses = [5, 10, 20, 40, 60];

/** How often a write may be overtaken. Then somebody saves faster than a config of that size can be written. */
const maxRounds = 200;

export class ConfigStore {
  readonly file: string;
  readonly #log: Logger;
  readonly #events: AppEvents;
  readonly #settings: Settings;
  readonly #reader: ConfigReader;
  readonly #changes: Emitter<ConfigChange>;
  readonly #invalidStates: Emitter<InvalidConfig | undefined>;
  readonly #queue = new KeyedQueue();
  #waiting = new EditBatch();
  #checkQueued = false;
  #current: Snapshot;
  #invalid: InvalidConfig | undefined;
  #watch: FileWatch | undefined;
  #closed = false;

  private constructor(options: ConfigStoreOptions, version: Version) {
    const { file, log, events, settings = programSettings, hash = hashSecret } = options;
    this.file = file;
    this.#log = log;
    this.#events = events;
    this.#settings = settings;
    this.#reader = new ConfigReader(hash, createConfigSchema(settings));
    const onError = (error: unknown) => log.error(`a listener of the config failed: ${String(error)}`);
    this.#changes = new Emitter(onError);
    this.#invalidStates = new Emitter(onError);
    this.#current = this.#reader.readAsIs(version.text, 1);
  }

  /** Throws Problem, with the place where there is one, when the file is missing, unreadable or no valid config. */
  static async open(options: ConfigStoreOptions): Promise<ConfigStore> {
    const { file, clock = systemClock, log } = options;
    const version = readVersion(file);
    if (version === undefined) throw new Problem('config_missing', `there is no config file ${file}`);
    const store = new ConfigStore(options, version);
    removeLeftovers(version.target);
    store.#watch = await FileWatch.start({
      file,
      clock,
      onActivity: () => store.#queueCheck(),
      onError: (error) => log.warning(`watching the config file failed: ${String(error)}`),
    });
    // For what was saved before the watch began, and for a plain-text key.
    await store.#inTurn(() => store.#check());
    return store;
  }

  /** What is in force: the last good read or write. */
  get current(): Snapshot {
    return this.#current;
  }

  /** What `GET /config` and the `config` event show. */
  get view(): ConfigView {
    return configView(this.#current.config, this.#settings);
  }

  /** Why the file on disk is not the one in force; `undefined` when it is. */
  get invalid(): InvalidConfig | undefined {
    return this.#invalid;
  }

  onChange(listener: (change: ConfigChange) => void): Disposer {
    return this.#changes.on(listener);
  }

  /** Also called, with `undefined`, when the file is mended. */
  onInvalid(listener: (broken: InvalidConfig | undefined) => void): Disposer {
    return this.#invalidStates.on(listener);
  }

  /**
   * Changes the file as it is on disk now. `change` runs again when somebody else saves meanwhile.
   * Throws what `change` throws, and Problem `config_broken` or `save_failed`; file and memory are then unchanged.
   */
  async edit(change: Change, actor: Actor): Promise<Snapshot> {
    this.#refuseWhenClosed();
    // All that wait when the turn comes are written at once.
    if (this.#waiting.isEmpty) void this.#inTurn(() => this.#writeWaiting());
    return this.#waiting.add(change, actor);
  }

  /**
   * Puts `text` in place of the whole file, broken or gone as it may be, byte for byte but for a plain-text key.
   * Throws Problem `invalid_config` or `write_failed`; file and memory are then unchanged.
   */
  async replace(text: string, actor: Actor): Promise<Snapshot> {
    this.#refuseWhenClosed();
    return this.#inTurn(async () => {
      const next = await this.#reader.read(text, this.#current.revision + 1);
      try {
        await overwrite(this.file, next.text);
      } catch (error) {
        throw new Problem('write_failed', `the config cannot be written: ${fileErrorSentence(error, this.file)}`);
      }
      this.#reader.forgetKey();
      this.#accept(next, actor);
      return next;
    });
  }

  /** Ends the watch, after the writes that are under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.idle();
    await this.#watch?.close();
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run(this.file, task);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Problem('unavailable');
  }

  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = new EditBatch();
    try {
      await this.#write(batch);
      batch.settle((snapshot, actor) => this.#accept(snapshot, actor));
    } catch (error) {
      batch.fail(error);
    }
  }

  async #write(batch: EditBatch): Promise<void> {
    for (let round = 0; round < maxRounds; round += 1) {
      const base = await this.#synchronize();
      const { text } = await batch.apply(this.#current, (next, revision) => this.#reader.read(next, revision));
      if (text === base.text || (await this.#save(base, text))) return;
    }
    throw new Problem('save_failed', 'failed to save config: another program keeps saving the file');
  }

  async #save(base: Version, text: string): Promise<boolean> {
    try {
      const saved = await replaceVersion(this.file, base, text);
      if (saved) this.#reader.forgetKey();
      return saved;
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('save_failed', `failed to save config: ${fileErrorSentence(error, this.file)}`, {
        cause: error,
      });
    }
  }

  /** Makes memory equal to the disk. Throws Problem `config_broken` when what is there cannot be taken over. */
  async #synchronize(): Promise<Version> {
    for (let looks = 0; ; ) {
      try {
        const version = readVersion(this.file);
        if (version === undefined)
          throw new Problem('config_missing', 'the file is gone; save a config to create it again');
        if (version.text === this.#current.text && !isPlainSecret(secretOf(this.#current.config))) {
          if (this.#invalid !== undefined) {
            this.#setInvalid(undefined);
            this.#announceConfig(byDisk);
          }
          return version;
        }
        await this.#adopt(version);
        looks = 0;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const broken = invalidBy(error);
        const known = isDeepStrictEqual(broken, this.#invalid);
        const pause = known ? undefined : settlePauses[looks];
        if (pause === undefined) {
          this.#setInvalid(broken);
          const { message, ...place } = broken;
          throw new Problem('config_broken', message, { place, cause: error });
        }
        looks += 1;
        await sleep(pause);
      }
    }
  }

  /** Takes an outside change into force, unless the file has changed again by then. */
  async #adopt(version: Version): Promise<void> {
    const next = await this.#reader.read(version.text, this.#current.revision + 1);
    if (next.text === version.text) return this.#accept(next, byDisk);
    try {
      if (await this.#save(version, next.text)) this.#accept(next, byDisk);
    } catch (error) {
      this.#log.warning(`the plain-text management key stays in the config: ${(error as Error).message}`);
      this.#accept(Object.freeze({ ...next, text: version.text }), byDisk);
    }
  }

  #accept(snapshot: Snapshot, actor: Actor): void {
    const previous = this.#current;
    this.#current = snapshot;
    this.#setInvalid(undefined);
    this.#changes.emit({ snapshot, previous, actor });
    this.#announceConfig(actor);
  }

  #announceConfig(actor: Actor): void {
    this.#events.publish('config', { config: this.view }, actor);
  }

  #setInvalid(broken: InvalidConfig | undefined): void {
    if (isDeepStrictEqual(broken, this.#invalid)) return;
    this.#invalid = broken;
    this.#invalidStates.emit(broken);
    if (broken === undefined) {
      this.#log.info('the config file is in order again');
    } else {
      const place = `line ${broken.line}, column ${broken.column}: ${broken.message}`;
      this.#log.error(`the config file on disk is not used, the last good one stays in force: ${place}`);
      this.#events.publish('config-broken', broken, byDisk);
    }
  }

  #queueCheck(): void {
    if (this.#checkQueued || this.#closed) return;
    this.#checkQueued = true;
    void this.#inTurn(() => this.#check());
  }

  /** Sees what others did to the file. An activity that comes during the check queues another one: none is lost. */
  async #check(): Promise<void> {
    this.#checkQueued = false;
    try {
      await this.#synchronize();
    } catch (error) {
      if (!(error instanceof Problem)) this.#log.error(`reading the config failed: ${String(error)}`);
    }
    try {
      this.#watch?.follow();
    } catch (error) {
      this.#log.error(`the config's path cannot be followed: ${String(error)}`);
    }
  }
}
