// Failed attempts to sign in, told to the other instances: otherwise each of them would give an attacker its own tries.
import { byApp } from '../../../src-shared/operation.ts';
import type { BanChange } from '../../events/ban-change.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Changes } from '../changes.ts';
import type { Database } from '../connection/database.ts';

/** Whatever an attacker sends, the database gets one write in so many milliseconds. */
const gatherMs = 100;
/** Beyond these the other instances are not told. */
const maxGathered = 200;

interface BansOptions {
  readonly database: Database;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Logger;
}

export class DatabaseBans {
  readonly #options: BansOptions;
  #gathered: BanChange[] = [];

  constructor(options: BansOptions) {
    this.#options = options;
  }

  /** Tells the other instances, soon. What cannot be told is logged. */
  tell(change: BanChange): void {
    if (this.#gathered.length === 0) this.#options.clock.after(gatherMs, () => void this.#write());
    if (this.#gathered.length < maxGathered) this.#gathered.push(change);
  }

  listen(listener: (change: BanChange) => void): void {
    this.#options.changes.on('bans', async (changes = []) => {
      for (const { subject } of changes)
        for (const change of JSON.parse(subject) as readonly BanChange[]) listener(change);
    });
  }

  async #write(): Promise<void> {
    const { database, changes, log } = this.#options;
    const gathered = this.#gathered;
    this.#gathered = [];
    await database
      .transaction((query, write) => changes.announce(query, write, 'bans', JSON.stringify(gathered), byApp))
      .catch((error: unknown) => log.debug(`failed attempts were not told to others: ${(error as Error).message}`));
  }
}
