// The files that the config names: what they hold is in force like the config itself, and changes by itself.
import { byDisk } from '../../../src-shared/operation.ts';
import { FileWatches } from '../../lib/files/file-watches.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { ConfigReader } from './config-reader.ts';
import type { CurrentConfig } from './current-config.ts';
import type { Snapshot } from './snapshot.ts';

export interface NamedFilesOptions {
  readonly reader: ConfigReader;
  readonly current: CurrentConfig;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when `refresh` may have something to do. */
  readonly onActivity: () => void;
}

/** How long a certificate and its key may not fit each other, because only one of them has been written yet. */
const renewalMs = 1_000;

export class NamedFiles {
  readonly #options: NamedFilesOptions;
  readonly #watches: FileWatches;
  #misfitSince: number | undefined;

  constructor(options: NamedFilesOptions) {
    const { clock, log, onActivity } = options;
    this.#options = options;
    this.#watches = new FileWatches({
      clock,
      onActivity,
      onError: (error) => log.warning(`watching the files of tls failed: ${String(error)}`),
    });
  }

  /** The config on disk is the one in force: puts in force what its files hold now. */
  refresh(): void {
    const { reader, current } = this.#options;
    const next = reader.refresh(current.snapshot);
    if (next === current.snapshot || this.#mayBeHalfWritten(next)) current.confirm();
    else current.accept(next, byDisk);
  }

  /** Watches the files of the config in force. */
  follow(): Promise<void> {
    const { reader, current } = this.#options;
    return this.#watches.follow(reader.filesOf(current.snapshot));
  }

  close(): Promise<void> {
    return this.#watches.close();
  }

  /** Certificate and key are renewed one after the other: only what lasts is a mistake. */
  #mayBeHalfWritten({ tlsProblem }: Snapshot): boolean {
    const { current, clock, onActivity } = this.#options;
    if (tlsProblem === undefined || current.snapshot.tlsProblem !== undefined) {
      this.#misfitSince = undefined;
      return false;
    }
    if (this.#misfitSince === undefined) clock.after(renewalMs, onActivity);
    this.#misfitSince ??= clock.now();
    return clock.now() - this.#misfitSince < renewalMs;
  }
}
