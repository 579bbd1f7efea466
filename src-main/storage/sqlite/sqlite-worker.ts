// Runs in a worker thread: SQLite waits for the disk.
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { followTimeZone } from '../../lib/time/time-zone.ts';
import { type CommandName, createCommands } from './commands.ts';
import { type DatabaseConstructor, isDamage, openDatabase, setDamagedAside } from './database-file.ts';

export interface Order {
  readonly number: number;
  /** `close` ends the thread. */
  readonly name: CommandName | 'open' | 'close';
  readonly input: unknown;
}

export type Report =
  | { readonly number: number; readonly result: unknown }
  /** Nothing can be stored for the given reason. */
  | { readonly number: number; readonly failure: string }
  | { readonly setAside: string };

interface OpenFile {
  readonly commands: ReturnType<typeof createCommands>;
  readonly close: () => void;
  /** Tells the file from another one under its name. */
  readonly identity: string;
}

/** How often it is looked whether the file is still the one that is open. Milliseconds. */
const checkMs = 500;

const file: string = workerData.file;
let open: OpenFile | undefined;
let checkedAt = 0;

const report = (message: Report): void => parentPort?.postMessage(message);

function identity(): string {
  const info = statSync(file, { throwIfNoEntry: false, bigint: true });
  return info === undefined ? '' : `${info.dev}:${info.ino}`;
}

function close(): void {
  open?.close();
  open = undefined;
}

/** Another program may have set the file aside, or a person may have removed it. */
function isStillThere(): boolean {
  const now = Date.now();
  if (open === undefined || now - checkedAt < checkMs) return open !== undefined;
  checkedAt = now;
  return identity() === open.identity;
}

async function current(): Promise<OpenFile> {
  if (open !== undefined && isStillThere()) return open;
  close();
  // Node has it without a flag since 22.13 and 23.4, and so has Electron since 35.
  const { DatabaseSync } = await import('node:sqlite').catch(() => {
    throw new Error(`Node ${process.version} has no SQLite; versions from 22.13 on do`);
  });
  const Database: DatabaseConstructor = DatabaseSync;
  const { database, setAside } = openDatabase(file, Database);
  if (setAside !== undefined) report({ setAside });
  open = { commands: createCommands(database), close: () => database.close(), identity: identity() };
  return open;
}

async function run({ name, input }: Order): Promise<unknown> {
  if (name === 'close') return close();
  const { commands } = await current();
  if (name === 'open') return undefined;
  // Name and input belong together by the types of the thread's only caller.
  const command = commands[name] as (given: unknown) => unknown;
  return command(input);
}

async function runWithFreshFile(order: Order): Promise<unknown> {
  try {
    return await run(order);
  } catch (error) {
    if (!isDamage(error)) throw error;
    close();
    report({ setAside: setDamagedAside(file) });
    return run(order);
  }
}

/** Opening takes a turn of the event loop, in which the next order must not open the file again. */
let opening: Promise<unknown> = Promise.resolve();

parentPort?.on('message', async (order: Order) => {
  const { number } = order;
  followTimeZone();
  try {
    if (open === undefined) {
      opening = opening.then(current, current);
      await opening.catch(() => {});
    }
    report({ number, result: await runWithFreshFile(order) });
  } catch (error) {
    report({ number, failure: (error as Error).message });
  }
  if (order.name === 'close') parentPort?.close();
});
