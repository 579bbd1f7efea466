// The config file as the one truth: the last valid version of it, one queue for all writers, and a watch on the file.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createConfigSchema } from '../../../src-shared/config.ts';
import type { ConfigView } from '../../../src-shared/contract/config.ts';
import { type Actor, byDisk } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { settings as programSettings, type Settings } from '../../../src-shared/settings.ts';
import type { AppEvents } from '../../events/app-events.ts';
import { removeLeftovers } from '../../lib/files/atomic-file.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import { removeDeadLocks } from '../../lib/files/file-lock.ts';
import { FileWatch } from '../../lib/files/file-watch.ts';
import { KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Logger } from '../../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../../lib/time/clock.ts';
import { type InvalidConfig, invalidBy } from './config-document.ts';
import { overwrite, replaceVersion } from './config-file.ts';
import { ConfigReader } from './config-reader.ts';
import { type HashSecret, hashSecret, isPlainSecret, secretOf } from './config-secret.ts';
import { readVersion, rereadDelaysMs, type Version } from './config-version.ts';
import { type ConfigChange, CurrentConfig } from './current-config.ts';
import { type Change, EditBatch } from './edit-batch.ts';
import type { Snapshot } from './snapshot.ts';

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

/** How often another save may come first. Beyond that, another program saves faster than this config can be written. */
const maxAttempts = 200;

export class ConfigStore {
  readonly file: string;
  readonly #log: Logger;
  readonly #reader: ConfigReader;
  readonly #current: CurrentConfig;
  readonly #queue = new KeyedQueue();
  #pending = new EditBatch();
  #isCheckQueued = false;
  #watch: FileWatch | undefined;
  #isClosed = false;
  #isInPlaceSaid = false;

  private constructor(options: ConfigStoreOptions, version: Version) {
    const { file, log, events, settings = programSettings, hash = hashSecret } = options;
    this.file = file;
    this.#log = log;
    this.#reader = new ConfigReader(hash, createConfigSchema(settings));
    this.#current = new CurrentConfig({ snapshot: this.#reader.readAsIs(version.text, 1), settings, events, log });
  }

  /** Throws Problem, with the place where there is one, when the file is missing, unreadable or no valid config. */
  static async open(options: ConfigStoreOptions): Promise<ConfigStore> {
    const { file, clock = systemClock, log } = options;
    const version = readVersion(file);
    if (version === undefined) throw new Problem('config_missing', `there is no config file ${file}`);
    const store = new ConfigStore(options, version);
    removeLeftovers(version.target);
    removeDeadLocks(path.dirname(version.target));
    store.#watch = await FileWatch.start({
      file,
      clock,
      onActivity: () => store.#queueCheck(),
      onError: (error) => log.warning(`watching the config file failed: ${String(error)}`),
    });
    // For what was saved before the watch began, and for a plain-text key.
    await store.#enqueue(() => store.#check());
    return store;
  }

  /** What is in force: the last valid read or write. */
  get current(): Snapshot {
    return this.#current.snapshot;
  }

  /** What `GET /config` and the `config` event show. */
  get view(): ConfigView {
    return this.#current.view;
  }

  /** Why the file on disk is not the one in force; `undefined` when it is. */
  get invalid(): InvalidConfig | undefined {
    return this.#current.invalid;
  }

  onChange(listener: (change: ConfigChange) => void): Disposer {
    return this.#current.onChange(listener);
  }

  /** Also called, with `undefined`, when the file is valid again. */
  onInvalid(listener: (invalid: InvalidConfig | undefined) => void): Disposer {
    return this.#current.onInvalid(listener);
  }

  /**
   * Changes the file as it is on disk. `change` runs again when another program saves in the meantime.
   * Throws what `change` throws, and Problem `config_broken` or `save_failed`; file and memory are then unchanged.
   */
  async edit(change: Change, actor: Actor): Promise<Snapshot> {
    this.#rejectWhenClosed();
    // All edits that are pending when this one's turn comes are written together.
    if (this.#pending.isEmpty) void this.#enqueue(() => this.#writePending());
    return this.#pending.add(change, actor);
  }

  /**
   * Replaces the whole file with `text`, byte for byte except for a plain-text key, even if the file is invalid or gone.
   * Throws Problem `invalid_config` or `write_failed`; file and memory are then unchanged.
   */
  async replace(text: string, actor: Actor): Promise<Snapshot> {
    this.#rejectWhenClosed();
    return this.#enqueue(async () => {
      const next = await this.#reader.readNew(text, this.current.revision + 1);
      try {
        await overwrite(this.file, next.text, () => this.#warnInPlace());
      } catch (error) {
        throw new Problem('write_failed', `the config cannot be written: ${fileErrorSentence(error, this.file)}`);
      }
      this.#reader.forgetKey();
      this.#current.accept(next, actor);
      return next;
    });
  }

  /** Ends the watch, after the writes that are under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
    await this.#watch?.close();
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run(this.file, task);
  }

  #rejectWhenClosed(): void {
    if (this.#isClosed) throw new Problem('unavailable');
  }

  async #writePending(): Promise<void> {
    const batch = this.#pending;
    this.#pending = new EditBatch();
    try {
      await this.#write(batch);
      batch.commit((snapshot, actor) => this.#current.accept(snapshot, actor));
    } catch (error) {
      batch.fail(error);
    }
  }

  async #write(batch: EditBatch): Promise<void> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const base = await this.#synchronize();
      const { text } = await batch.apply(this.current, (next, revision) => this.#reader.read(next, revision));
      if (text === base.text || (await this.#save(base, text))) return;
    }
    throw new Problem('save_failed', 'failed to save config: another program keeps saving the file');
  }

  async #save(base: Version, text: string): Promise<boolean> {
    try {
      const saved = await replaceVersion(this.file, base, text, () => this.#warnInPlace());
      if (saved) this.#reader.forgetKey();
      return saved;
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('save_failed', `failed to save config: ${fileErrorSentence(error, this.file)}`, {
        cause: error,
      });
    }
  }

  #warnInPlace(): void {
    if (this.#isInPlaceSaid) return;
    this.#isInPlaceSaid = true;
    this.#log.warning('the config file is a mount, so it is written in place: a crash may leave half of a write');
  }

  /** Makes memory equal to the disk. Throws Problem `config_broken` when the file on disk cannot be used. */
  async #synchronize(): Promise<Version> {
    for (let rereads = 0; ; ) {
      try {
        const version = readVersion(this.file);
        if (version === undefined)
          throw new Problem('config_missing', 'the file is gone; save a config to create it again');
        if (version.text === this.current.text && !isPlainSecret(secretOf(this.current.config))) {
          this.#current.confirm();
          return version;
        }
        await this.#adopt(version);
        rereads = 0;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const invalid = invalidBy(error);
        const isKnown = isDeepStrictEqual(invalid, this.invalid);
        const wait = isKnown ? undefined : rereadDelaysMs[rereads];
        if (wait === undefined) {
          this.#current.reject(invalid);
          const { message, ...place } = invalid;
          throw new Problem('config_broken', message, { place, cause: error });
        }
        rereads += 1;
        await delay(wait);
      }
    }
  }

  /** Puts an outside change in force, unless the file has changed again by then. */
  async #adopt(version: Version): Promise<void> {
    const next = await this.#reader.read(version.text, this.current.revision + 1);
    if (next.text === version.text) return this.#current.accept(next, byDisk);
    try {
      if (await this.#save(version, next.text)) this.#current.accept(next, byDisk);
    } catch (error) {
      this.#log.warning(`the plain-text management key stays in the config: ${(error as Error).message}`);
      this.#current.accept(Object.freeze({ ...next, text: version.text }), byDisk);
    }
  }

  #queueCheck(): void {
    if (this.#isCheckQueued || this.#isClosed) return;
    this.#isCheckQueued = true;
    void this.#enqueue(() => this.#check());
  }

  /** Takes over what other programs did to the file. Activity during the check queues another one, so none is lost. */
  async #check(): Promise<void> {
    this.#isCheckQueued = false;
    try {
      await this.#synchronize();
    } catch (error) {
      if (!(error instanceof Problem)) this.#log.error(`reading the config failed: ${String(error)}`);
    }
    try {
      this.#watch?.updateTargets();
    } catch (error) {
      this.#log.error(`the path of the config cannot be resolved: ${String(error)}`);
    }
  }
}
