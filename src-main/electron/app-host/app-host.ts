// Holds the app behind tray and window. While an invalid config keeps it from starting, a recovery takes its place.

import type { AppContract } from '../../../src-shared/contract/index.ts';
import type { AppEvent } from '../../../src-shared/events.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { type App, type AppOptions, createApp } from '../../app.ts';
import { Emitter } from '../../lib/emitter.ts';
import { FileWatch } from '../../lib/files/file-watch.ts';
import { type Disposer, systemClock } from '../../lib/time/clock.ts';
import type { Dispatch, Operations, Receive } from '../../operations/dispatch.ts';
import { ConfigRecovery } from './config-recovery.ts';

type State = { readonly app: App } | { readonly recovery: ConfigRecovery; readonly watch: FileWatch };

export interface AppHostOptions extends AppOptions {
  readonly onUnexpected: (error: unknown) => void;
}

export class AppHost implements Operations<AppContract> {
  readonly #options: AppHostOptions;
  readonly #events: Emitter<AppEvent>;
  readonly #replaced: Emitter<void>;
  #state: State | undefined;
  /** Starts run one after the other: a save and the file watch may both ask for one. */
  #starting: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: AppHostOptions) {
    this.#options = options;
    this.#events = new Emitter(options.onUnexpected);
    this.#replaced = new Emitter(options.onUnexpected);
  }

  /** Never rejects for an expected reason: what went wrong is in {@link snapshot}, with what to do. */
  start(): Promise<void> {
    this.#starting = this.#starting.then(() => this.#start());
    return this.#starting;
  }

  /** The running app; undefined while its config does not let it start. */
  get app(): App | undefined {
    return this.#state !== undefined && 'app' in this.#state ? this.#state.app : undefined;
  }

  readonly receive: Receive = async (name, input, actor) => {
    if (this.#state === undefined) throw new Problem('unavailable');
    const { receive } = 'app' in this.#state ? this.#state.app : this.#state.recovery;
    return receive(name, input, actor);
  };

  readonly dispatch = this.receive as Dispatch<AppContract>;

  snapshot(): readonly AppEvent[] {
    if (this.#state === undefined) return [];
    return 'app' in this.#state ? this.#state.app.snapshot() : this.#state.recovery.snapshot();
  }

  onEvent(listener: (event: AppEvent) => void): Disposer {
    return this.#events.on(listener);
  }

  /** Called when the app has replaced the recovery: nothing of the earlier snapshot is valid any more. */
  onReplaced(listener: () => void): Disposer {
    return this.#replaced.on(listener);
  }

  /** Finishes running writes and requests. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#starting;
    if (this.#state === undefined) return;
    if ('app' in this.#state) await this.#state.app.close();
    else await this.#state.watch.close();
  }

  async #start(): Promise<void> {
    if (this.#closed || this.app !== undefined) return;
    try {
      const app = await createApp(this.#options);
      await this.#use(app);
    } catch (error) {
      if (!(error instanceof Problem)) this.#options.onUnexpected(error);
      await this.#recover(error);
    }
  }

  async #use(app: App): Promise<void> {
    const before = this.#state;
    this.#state = { app };
    app.onEvent((event) => this.#events.emit(event));
    // The server's own event reports a busy port; the app goes on without it.
    await app.server.start().catch((error: unknown) => {
      if (!(error instanceof Problem)) this.#options.onUnexpected(error);
    });
    if (before === undefined) return;
    if ('watch' in before) await before.watch.close();
    this.#replaced.emit();
    this.#publish();
  }

  async #recover(error: unknown): Promise<void> {
    const { configFile, environment } = this.#options;
    const recovery = new ConfigRecovery({ configFile, environment, error, onFixed: () => void this.start() });
    const before = this.#state;
    const watch =
      before !== undefined && 'watch' in before
        ? before.watch
        : await FileWatch.start({
            file: configFile,
            clock: systemClock,
            onActivity: () => this.#checkFile(),
            onError: this.#options.onUnexpected,
          });
    this.#state = { recovery, watch };
    this.#publish();
  }

  /** The watch also reports activity that changed nothing; then there is no need to try again. */
  #checkFile(): void {
    if (this.#state !== undefined && 'recovery' in this.#state && this.#state.recovery.isOutdated()) void this.start();
  }

  #publish(): void {
    for (const event of this.snapshot()) this.#events.emit(event);
  }
}

/** The line of an invalid config; else undefined. */
export function routeOfConfigError(appHost: AppHost): string | undefined {
  const event = appHost.snapshot().find(({ event }) => event === 'config-broken');
  return event?.event === 'config-broken' ? `config/${event.line}` : undefined;
}
