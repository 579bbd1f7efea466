// Switches settings off again after a while. The end is a point in time, kept beside the config, so that it holds over
// restarts: what ended while the program was not running is switched off when it starts.
import { maxMinutes, type SettingTimer } from '../../src-shared/contract/timed-settings.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { type TimedSetting, timedSettings } from '../../src-shared/settings.ts';
import type { AppEvents } from '../events/app-events.ts';
import { JsonFile } from '../lib/files/json-file.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { ConfigStore } from './store/config-store.ts';

export interface TimedSettingsOptions {
  readonly file: string;
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
  readonly #kept: JsonFile;
  readonly #work = new KeyedQueue();
  readonly #stopFollowing: Disposer;
  #ends: Ends = new Map();
  #stopTimer: Disposer | undefined;

  private constructor(options: TimedSettingsOptions) {
    this.#options = options;
    this.#kept = new JsonFile(options.file);
    this.#stopFollowing = options.config.onChange(({ actor }) => this.#dropSwitchedOff(actor));
  }

  /** Resolves when what has ended meanwhile is switched off, or cannot be. */
  static async open(options: TimedSettingsOptions): Promise<TimedSettings> {
    const autoOff = new TimedSettings(options);
    autoOff.#ends = endsIn(await autoOff.#kept.read(), options.clock.now());
    autoOff.#dropSwitchedOff(app);
    await autoOff.#look();
    return autoOff;
  }

  list(): readonly SettingTimer[] {
    return [...this.#ends].map(([setting, end]) => ({ setting, until: new Date(end).toISOString() }));
  }

  /**
   * Switches a setting on for `minutes`; 0: until somebody switches it off. Throws the Problem of the write of the
   * config, or `save_failed`; nothing has changed then.
   */
  switchOn(setting: TimedSetting, minutes: number, actor: Actor): Promise<void> {
    const { config, clock } = this.#options;
    return this.#work.run('switch', async () => {
      const end = minutes === 0 ? undefined : clock.now() + minutes * minuteMs;
      // Kept first: a crash between the two must not leave the setting on for ever.
      await this.#keep(withEnd(this.#ends, setting, end)).catch((error: unknown) => {
        throw new Problem('save_failed', undefined, { cause: error });
      });
      try {
        await config.edit(() => [{ path: [setting], value: true }], actor);
      } catch (error) {
        this.#keepLater();
        throw error;
      }
      // Somebody may have switched it off before this went on.
      this.#set(withEnd(this.#ends, setting, config.current.config[setting] ? end : undefined), actor);
    });
  }

  async close(): Promise<void> {
    this.#stopFollowing();
    this.#stopTimer?.();
    await this.#work.idle();
  }

  #set(ends: Ends, actor: Actor): void {
    this.#ends = ends;
    this.#keepLater();
    this.#options.events.publish('auto-off', { timers: this.list() }, actor);
    this.#arm();
  }

  /** Whoever switched a setting off, and by which way: its time is over. */
  #dropSwitchedOff(actor: Actor): void {
    const { config } = this.#options.config.current;
    const left = new Map([...this.#ends].filter(([setting]) => config[setting]));
    if (left.size < this.#ends.size) this.#set(left, actor);
  }

  #arm(): void {
    this.#stopTimer?.();
    if (this.#ends.size === 0) return;
    const left = Math.min(...this.#ends.values()) - this.#options.clock.now();
    // Timers stand still while the computer sleeps, so the clock is looked at in between. What could not be switched
    // off, since the config could not be written, is tried again as often.
    const wait = left > 0 ? Math.min(left, minuteMs) : minuteMs;
    this.#stopTimer = this.#options.clock.after(wait, () => void this.#work.run('switch', () => this.#look()));
  }

  async #look(): Promise<void> {
    const { config, clock, log } = this.#options;
    const over = [...this.#ends].filter(([, end]) => end <= clock.now());
    for (const [setting] of over) {
      try {
        await config.edit(() => [{ path: [setting], value: false }], app);
        log.info(`${setting} is switched off: its time is over`);
      } catch (error) {
        log.warning(`${setting} could not be switched off when its time was over: ${(error as Error).message}`);
      }
    }
    this.#arm();
  }

  #keep(ends: Ends): Promise<void> {
    return this.#kept.write(Object.fromEntries(ends));
  }

  #keepLater(): void {
    const write = () =>
      this.#keep(this.#ends).catch((error: unknown) =>
        this.#options.log.warning(`when settings end cannot be kept: ${(error as Error).message}`),
      );
    void this.#work.run('keep', write);
  }
}

function withEnd(ends: Ends, setting: TimedSetting, end: number | undefined): Ends {
  const next = new Map(ends);
  next.delete(setting);
  return end === undefined ? next : next.set(setting, end);
}

/** Ends further away than can be asked for come from a clock that was set: they are cut. */
function endsIn(document: unknown, now: number): Ends {
  const kept = (document ?? {}) as Readonly<Record<string, unknown>>;
  const furthest = now + maxMinutes * minuteMs;
  return new Map(
    timedSettings.flatMap((setting) => {
      const end = kept[setting];
      return typeof end === 'number' ? [[setting, Math.min(end, furthest)] as const] : [];
    }),
  );
}
