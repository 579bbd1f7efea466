// The config as the one truth: the last valid version of it, one queue for all writers, and a watch on where it is kept.
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createConfigSchema } from '../../../src-shared/config.ts';
import type { ConfigView } from '../../../src-shared/contract/config.ts';
import { type Actor, byDisk } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { settings as programSettings } from '../../../src-shared/settings.ts';
import { KeyedQueue } from '../../lib/keyed-queue.ts';
import type { Logger } from '../../lib/logger.ts';
import { type Disposer, systemClock } from '../../lib/time/clock.ts';
import { invalidBy } from './config-document.ts';
import { ConfigFileSource } from './config-file-source.ts';
import { ConfigReader } from './config-reader.ts';
import { hashSecret, isPlainSecret, secretOf } from './config-secret.ts';
import type { ConfigSource, ConfigWatch, StoredText } from './config-source.ts';
import type { ConfigStoreOptions } from './config-store-options.ts';
import { rereadDelaysMs } from './config-version.ts';
import { type ConfigChange, CurrentConfig } from './current-config.ts';
import { type Change, EditBatch } from './edit-batch.ts';
import { NamedFiles } from './named-files.ts';
import type { InvalidConfig, Snapshot } from './snapshot.ts';

/** How often another save may come first. Beyond that, another program saves faster than this config can be written. */
const maxAttempts = 200;

export class ConfigStore {
  readonly file: string;
  readonly #log: Logger;
  readonly #reader: ConfigReader;
  readonly #source: ConfigSource;
  readonly #current: CurrentConfig;
  readonly #queue = new KeyedQueue();
  readonly #namedFiles: NamedFiles;
  #pending = new EditBatch();
  #queuedCheck: Promise<void> | undefined;
  #watch: ConfigWatch | undefined;
  #isClosed = false;

  private constructor(options: ConfigStoreOptions, source: ConfigSource, text: string) {
    const { file, clock = systemClock, log, events, host, settings = programSettings, hash = hashSecret } = options;
    this.file = file;
    this.#log = log;
    this.#reader = new ConfigReader({ file, hash, host, schema: createConfigSchema(settings) });
    this.#source = source;
    this.#current = new CurrentConfig({ snapshot: this.#reader.readAsIs(text, 1), settings, events, log });
    this.#namedFiles = new NamedFiles({
      reader: this.#reader,
      current: this.#current,
      clock,
      log,
      onActivity: () => void this.#queueCheck(),
    });
  }

  /** Throws Problem, with the place where there is one, when the file is missing, unreadable or no valid config. */
  static async open(options: ConfigStoreOptions): Promise<ConfigStore> {
    const { file, clock = systemClock, log } = options;
    const source = options.source ?? new ConfigFileSource({ file, clock, log });
    const stored = await source.read();
    if (stored === undefined) throw new Problem('config_missing', `there is no config file ${file}`);
    const store = new ConfigStore(options, source, stored.text);
    store.#watch = await source.watch(() => store.#queueCheck());
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
      await this.#source.overwrite(next.text, actor);
      this.#reader.forgetKey();
      this.#current.accept(next, actor);
      return next;
    });
  }

  /** As it is stored, whether or not it is in force. Throws Problem `config_missing`, `config_unreadable`. */
  async storedText(): Promise<string> {
    return (await this.#source.present()) ?? this.current.text;
  }

  /** What a text would be in force as. Throws Problem `invalid_config` where `replace` would. */
  check(text: string): Snapshot {
    return this.#reader.check(text);
  }

  /** Ends the watch, after the writes that are under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
    await Promise.all([this.#watch?.close(), this.#namedFiles.close()]);
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
      if (text === base.text) return;
      if (await this.#save(base, text, batch.actor)) return;
    }
    throw new Problem('save_failed', 'failed to save config: another program keeps saving the file');
  }

  async #save(base: StoredText, text: string, actor: Actor): Promise<boolean> {
    const isSaved = await base.replace(text, actor);
    // The file holds no plain-text key from here on.
    if (isSaved) this.#reader.forgetKey();
    return isSaved;
  }

  /**
   * Makes memory equal to what is stored. Throws Problem `config_broken` when that cannot be used, `database_away` when
   * it cannot be asked for.
   */
  async #synchronize(): Promise<StoredText> {
    for (let rereads = 0; ; ) {
      try {
        const version = await this.#source.read();
        if (version === undefined)
          throw new Problem('config_missing', 'the file is gone; save a config to create it again');
        if (version.text === this.current.text && !isPlainSecret(secretOf(this.current.config))) {
          this.#namedFiles.refresh();
          return version;
        }
        await this.#adopt(version);
        rereads = 0;
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'database_away') throw error;
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
  async #adopt(version: StoredText): Promise<void> {
    const next = await this.#reader.read(version.text, this.current.revision + 1);
    const actor = version.actor ?? byDisk;
    if (next.text === version.text) return this.#current.accept(next, actor);
    try {
      if (await this.#save(version, next.text, actor)) this.#current.accept(next, actor);
    } catch (error) {
      this.#log.warning(`the plain-text management key stays in the config: ${(error as Error).message}`);
      this.#current.accept(Object.freeze({ ...next, text: version.text }), actor);
    }
  }

  async #queueCheck(): Promise<void> {
    if (this.#isClosed) return;
    this.#queuedCheck ??= this.#enqueue(() => this.#check());
    await this.#queuedCheck;
  }

  /** Takes over what others saved. Activity during the check queues another one, so none is lost. */
  async #check(): Promise<void> {
    this.#queuedCheck = undefined;
    try {
      await this.#synchronize();
    } catch (error) {
      if (!(error instanceof Problem)) this.#log.error(`reading the config failed: ${String(error)}`);
    }
    try {
      this.#watch?.update();
      await this.#namedFiles.follow();
    } catch (error) {
      this.#log.error(`the path of the config cannot be resolved: ${String(error)}`);
    }
  }
}
