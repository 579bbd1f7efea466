// The last versions of the config that were in force.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Actor, byDisk } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { writeAtomically } from '../lib/files/atomic-file.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { Logger } from '../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';
import { appDataDir } from './app-data-dir.ts';
import type { ConfigStore } from './store/config-store.ts';
import type { StoredVersion } from './version-changes.ts';

export const maxVersions = 20;

/**
 * `00000001-1764000000000-window.yaml`: a number that grows with each version, so that no change of the clock turns
 * the order; milliseconds; who made the change.
 */
const namePattern = /^(\d{8})-(\d{13})-(window|tray|disk|app|http)\.yaml$/;

export interface ConfigHistoryOptions {
  readonly folder: string;
  readonly config: ConfigStore;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Where earlier versions of the config are kept. */
export interface ConfigVersions {
  /** Newest first. */
  list(): Promise<StoredVersion[]>;
  /** Throws Problem `item_not_found`. */
  text(id: string): Promise<string>;
  close(): Promise<void>;
}

export class ConfigHistory implements ConfigVersions {
  readonly #options: Required<ConfigHistoryOptions>;
  readonly #writes = new KeyedQueue();
  readonly #stopListening: Disposer;

  /** Stores each version that comes in force, starting with the present one unless it is the newest stored already. */
  constructor(options: ConfigHistoryOptions) {
    this.#options = { clock: systemClock, ...options };
    const { config } = options;
    this.#store(config.current.text, byDisk);
    this.#stopListening = config.onChange(({ snapshot, actor }) => this.#store(snapshot.text, actor));
  }

  /** Newest first. */
  async list(): Promise<StoredVersion[]> {
    await this.#writes.idle();
    return storedVersions(this.#options.folder);
  }

  /** Throws Problem `item_not_found`. */
  text(id: string): Promise<string> {
    return storedVersion(this.#options.folder, id);
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#writes.idle();
  }

  #store(text: string, actor: Actor): void {
    const { folder, log, clock } = this.#options;
    const time = clock.now();
    this.#writes
      .run(folder, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const names = await namesIn(folder);
        const newest = names.at(-1);
        if (newest !== undefined && (await readFile(path.join(folder, newest), 'utf8')) === text) return;
        const number = Number(namePattern.exec(newest ?? '')?.[1] ?? 0) + 1;
        const name = `${String(number).padStart(8, '0')}-${String(time).padStart(13, '0')}-${actor.kind}.yaml`;
        await writeAtomically(path.join(folder, name), text);
        const surplus = [...names, name].slice(0, -maxVersions);
        await Promise.all(surplus.map((old) => rm(path.join(folder, old), { force: true })));
      })
      // The config itself is saved; only the history has a gap.
      .catch((error: unknown) => log.warning(`a version of the config was not stored: ${String(error)}`));
  }
}

/** Where the versions of a config are stored. */
export const historyDir = (configFile: string, environment: Readonly<Record<string, string | undefined>>): string =>
  path.join(appDataDir(configFile, environment), 'config-history');

/** The versions in a folder, newest first. */
export async function storedVersions(folder: string): Promise<StoredVersion[]> {
  const versions = await Promise.all(
    (await namesIn(folder)).map(async (name): Promise<StoredVersion> => {
      const [, , time = '', actor = 'app'] = namePattern.exec(name) ?? [];
      const { size } = await stat(path.join(folder, name));
      return { id: name, time: new Date(Number(time)).toISOString(), actor: actor as StoredVersion['actor'], size };
    }),
  );
  return versions.toReversed();
}

/** Throws Problem `item_not_found`. */
export async function storedVersion(folder: string, id: string): Promise<string> {
  if (!namePattern.test(id)) throw new Problem('item_not_found');
  try {
    return await readFile(path.join(folder, id), 'utf8');
  } catch (error) {
    if (isAbsent(error)) throw new Problem('item_not_found', undefined, { cause: error });
    throw error;
  }
}

/** Oldest first. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => namePattern.test(name)).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
