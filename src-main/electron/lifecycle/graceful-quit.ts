// Quitting: whoever asks for it, running writes and requests are finished first, within a deadline.
import { setTimeout as delay } from 'node:timers/promises';
import { app } from 'electron';

export interface GracefulQuitOptions {
  /** The program begins to end; windows must not hold it up. */
  readonly onBegin: () => void;
  /** Finishes running writes and requests. */
  readonly close: () => Promise<void>;
  /** Everything is closed; what is left of the app's interface goes. */
  readonly onClosed: () => void;
  readonly log: (line: string) => void;
}

/**
 * How long the work under way may take. Milliseconds. systemd waits 5 s for a program that delays a shutdown (logind.conf,
 * InhibitDelayMaxSec), Windows as long before it offers to end it.
 */
const deadlineMs = 4500;

export class GracefulQuit {
  readonly #options: GracefulQuitOptions;
  #phase: 'running' | 'closing' | 'closed' = 'running';
  #lastStep = () => app.quit();

  constructor(options: GracefulQuitOptions) {
    this.#options = options;
    app.on('before-quit', (event) => {
      options.onBegin();
      if (this.#phase === 'closed') return;
      event.preventDefault();
      if (this.#phase === 'running') void this.#close();
    });
    // Without a listener Electron quits with the last window.
    app.on('window-all-closed', () => {});
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
  }

  /** Ends the program. `lastStep` is taken once everything is closed and has to end it then. */
  quit(lastStep?: () => void): void {
    if (lastStep !== undefined) this.#lastStep = lastStep;
    app.quit();
  }

  async #close(): Promise<void> {
    const { close, onClosed, log } = this.#options;
    this.#phase = 'closing';
    const outcome = await Promise.race([
      close().catch((error: unknown) => log(`closing failed: ${error instanceof Error ? error.stack : String(error)}`)),
      delay(deadlineMs, 'late' as const),
    ]);
    this.#phase = 'closed';
    onClosed();
    if (outcome !== 'late') return this.#lastStep();
    log(`ended without waiting any longer: closing has taken ${deadlineMs} ms`);
    // An ordinary exit would wait for the very file operation that hangs in a thread of Node's pool.
    process.kill(process.pid, 'SIGKILL');
  }
}
