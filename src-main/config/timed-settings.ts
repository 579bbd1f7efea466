// Switches settings off again after some time. The end is a point in time stored outside the config, so that it survives
// restarts: what ended while the program was not running is switched off when it starts.
import { maxMinutes, type SettingTimer } from '../../src-shared/contract/timed-settings.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { type TimedSetting, timedSettings } from '../../src-shared/settings.ts';
import type { AppEvents } from '../events/app-events.ts';
import type { StoredDocument } from '../lib/files/stored-document.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { ConfigStore } from './store/config-store.ts';

export interface TimedSettingsOptions {
  readonly stored: StoredDocument;
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Milliseconds since the epoch, by setting. */
type Ends = ReadonlyMap<TimedSetting, number>;

const app: Actor = { kind: 'app' };
const minuteMs = 60_000;

export class TimedSettings {
  readonly #options: TimedSettingsOptions;
  readonly #stored: StoredDocument;
  readonly #work = new KeyedQueue();
  readonly #stopListening: Disposer;
  #ends: Ends = new Map();
  #stopTimer: Disposer | undefined;

  private constructor(options: TimedSettingsOptions) {
    this.#options = options;
    this.#stored = options.stored;
    this.#stopListening = options.config.onChange(({ actor }) => {
      // Another instance writes the ends of what it switches.
      if (actor.instance === undefined) this.#dropSwitchedOff(actor);
    });
    options.stored.watch((document) => this.#show(endsIn(document, options.clock.now()), app));
  }

  /** Resolves once the settings that ended in the meantime are switched off, or have failed to be. */
  static async open(options: TimedSettingsOptions): Promise<TimedSettings> {
    const autoOff = new TimedSettings(options);
    autoOff.#ends = endsIn(await autoOff.#stored.read(), options.clock.now());
    autoOff.#dropSwitchedOff(app);
    await autoOff.#switchOffExpired();
    return autoOff;
  }

  list(): readonly SettingTimer[] {
    return [...this.#ends].map(([setting, end]) => ({ setting, until: new Date(end).toISOString() }));
  }

  /**
   * Switches a setting on for `minutes`; 0: until it is switched off. Throws the Problem of the write of the
   * config, or `save_failed`; then nothing has changed.
   */
  switchOn(setting: TimedSetting, minutes: number, actor: Actor): Promise<void> {
    const { config, clock } = this.#options;
    return this.#work.run('switch', async () => {
      const end = minutes === 0 ? undefined : clock.now() + minutes * minuteMs;
      // Stored first: a crash between the two must not leave the setting on for ever.
      await this.#store(withEnd(this.#ends, setting, end)).catch((error: unknown) => {
        throw new Problem('save_failed', undefined, { cause: error });
      });
      try {
        await config.edit(() => [{ path: [setting], value: true }], actor);
      } catch (error) {
        this.#storeLater();
        throw error;
      }
      // It may have been switched off again before this continued.
      this.#set(withEnd(this.#ends, setting, config.current.config[setting] ? end : undefined), actor);
    });
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#stopTimer?.();
    await this.#work.idle();
  }

  #set(ends: Ends, actor: Actor): void {
    this.#show(ends, actor);
    this.#storeLater();
  }

  #show(ends: Ends, actor: Actor): void {
    this.#ends = ends;
    this.#options.events.publish('auto-off', { timers: this.list() }, actor);
    this.#arm();
  }

  /** A setting that is off has no end any longer, however it was switched off. */
  #dropSwitchedOff(actor: Actor): void {
    const { config } = this.#options.config.current;
    const left = new Map([...this.#ends].filter(([setting]) => config[setting]));
    if (left.size < this.#ends.size) this.#set(left, actor);
  }

  #arm(): void {
    this.#stopTimer?.();
    if (this.#ends.size === 0) return;
    const left = Math.min(...this.#ends.values()) - this.#options.clock.now();
    // Timers stop while the computer sleeps, so the clock is checked in between. A setting that could not be switched
    // off because the config could not be written is tried again as often.
    const wait = left > 0 ? Math.min(left, minuteMs) : minuteMs;
    this.#stopTimer = this.#options.clock.after(
      wait,
      () => void this.#work.run('switch', () => this.#switchOffExpired()),
    );
  }

  async #switchOffExpired(): Promise<void> {
    const { config, clock, log } = this.#options;
    const over = [...this.#ends].filter(([, end]) => end <= clock.now());
    for (const [setting] of over) {
      try {
        await config.edit(() => [{ path: [setting], value: false }], app);
        log.info(`${setting} is switched off: its time is up`);
      } catch (error) {
        log.warning(`${setting} could not be switched off when its time was up: ${(error as Error).message}`);
      }
    }
    this.#arm();
  }

  async #store(ends: Ends): Promise<void> {
    await this.#stored.update(() => Object.fromEntries(ends));
  }

  #storeLater(): void {
    const write = () =>
      this.#store(this.#ends).catch((error: unknown) =>
        this.#options.log.warning(`the ends of timed settings cannot be stored: ${(error as Error).message}`),
      );
    void this.#work.run('store', write);
  }
}

function withEnd(ends: Ends, setting: TimedSetting, end: number | undefined): Ends {
  const next = new Map(ends);
  next.delete(setting);
  return end === undefined ? next : next.set(setting, end);
}

/** An end further away than can be requested comes from a clock that was wrong, so it is limited. */
function endsIn(document: unknown, now: number): Ends {
  const stored = (document ?? {}) as Readonly<Record<string, unknown>>;
  const furthest = now + maxMinutes * minuteMs;
  return new Map(
    timedSettings.flatMap((setting) => {
      const end = stored[setting];
      return typeof end === 'number' ? [[setting, Math.min(end, furthest)] as const] : [];
    }),
  );
}
