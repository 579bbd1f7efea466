// What goes wrong in the shell itself, written at once: after a crash there is no later.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { maskUrlUserInfo } from '../lib/mask.ts';
import { localStamp } from '../lib/time/local-time.ts';

const maxBytes = 1024 * 1024;

/** Appends lines to `desktop.log` in `folder`, owner only; one older file is kept. Never throws. */
export function openCrashLog(folder: string): (line: string) => void {
  const file = path.join(folder, 'desktop.log');
  return (line) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `[${localStamp(Date.now())}] ${maskUrlUserInfo(line)}\n`, { mode: 0o600 });
    } catch (error) {
      process.stderr.write(`${line}\n(not logged: ${String(error)})\n`);
    }
  };
}

/** A failure in one place must not end the server that others use: it is logged, and the program goes on. */
export function logCrashes(log: (line: string) => void): void {
  const tell = (what: string) => (error: unknown) =>
    log(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.on('uncaughtException', tell('uncaught exception'));
  process.on('unhandledRejection', tell('unhandled rejection'));
}
