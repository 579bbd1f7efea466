// The program's log: one file of text lines, rotated by size, written in the background.
import path from 'node:path';
import { Problem } from '../../src-shared/problem.ts';
import { Emitter } from '../lib/emitter.ts';
import { fileErrorSentence, isAbsent } from '../lib/files/file-errors.ts';
import { KeyedQueue } from '../lib/keyed-queue.ts';
import type { LogLevel, LogSink } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { logLine } from './log-line.ts';
import { type LogPage, type LogQuery, LogReader } from './log-reader.ts';
import { LogWriter } from './log-writer.ts';
import { RecentLines } from './recent-lines.ts';
import { RepeatedLines } from './repeated-lines.ts';

export interface LogFileOptions {
  readonly directory: string;
  readonly clock: Clock;
  /** Gets warnings and errors, of the file too. Default: standard error. */
  readonly toConsole?: (line: string) => void;
}

const mebibyte = 1024 * 1024;
/** When more than this waits for a slow or full disk, further lines are dropped and counted. */
const maxPendingBytes = 4 * mebibyte;
const retryMs = 5_000;
/** Lines that come this close together are passed to listeners together. */
const tailMs = 100;
const maxTailLines = 1_000;

const toStandardError = (line: string) => process.stderr.write(`${line}\n`);

/** `$WRITABLE_PATH/logs`, else `logs` beside the config file. */
export function logDirectory(
  configFile: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return path.join(env.WRITABLE_PATH || path.dirname(configFile), 'logs');
}

export class LogFile {
  readonly directory: string;
  readonly #clock: Clock;
  readonly #toConsole: (line: string) => void;
  readonly #writer: LogWriter;
  readonly #reader: LogReader;
  readonly #tail: Emitter<readonly string[]>;
  readonly #queue = new KeyedQueue();
  readonly #repeated: RepeatedLines;
  readonly #recent = new RecentLines();
  #enabled = false;
  #debug = false;
  #pending: string[] = [];
  #pendingBytes = 0;
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #failing = false;
  #retry: Disposer | undefined;
  #tailLines: string[] = [];
  #tailTimer: Disposer | undefined;

  private constructor({ directory, clock, toConsole = toStandardError }: LogFileOptions) {
    this.directory = directory;
    this.#clock = clock;
    this.#toConsole = toConsole;
    this.#repeated = new RepeatedLines(clock, ({ level, source, message }) => this.#add(level, source, message));
    this.#writer = new LogWriter(directory, clock);
    this.#reader = new LogReader(directory);
    this.#tail = new Emitter((error) => toConsole(`a listener to the log failed: ${String(error)}`));
  }

  /** Off until {@link setEnabled}. */
  static open(options: LogFileOptions): LogFile {
    return new LogFile(options);
  }

  /** Adds a line; never waits, never throws. */
  readonly sink: LogSink = (level, source, message, kind = message) => {
    if (level === 'debug' && !this.#debug) return;
    const isTrouble = level === 'warning' || level === 'error';
    if (isTrouble && !this.#repeated.admits({ level, source, message }, kind)) return;
    this.#add(level, source, message);
  };

  #add(level: LogLevel, source: string, message: string): void {
    const line = logLine(this.#clock.now(), level, source, message);
    this.#recent.add(line);
    if (this.#tail.size > 0) this.#notify(line);
    if (this.#enabled) this.#append(line);
    // Always: whoever reads the console, as of a container, may not see the file.
    if (level === 'warning' || level === 'error') this.#toConsole(line);
  }

  setEnabled(on: boolean): void {
    if (on === this.#enabled) return;
    this.#enabled = on;
    if (!on) return;
    // Even without lines, so that the directory exists for readers.
    this.#schedule();
    this.#prune();
  }

  setDebug(on: boolean): void {
    this.#debug = on;
  }

  /** The limit for all files of the log together, oldest deleted first; 0 or less means no limit. */
  setMaxTotalMb(megabytes: number): void {
    if (this.#writer.maxTotalBytes === megabytes * mebibyte) return;
    this.#writer.maxTotalBytes = megabytes * mebibyte;
    if (this.#enabled) this.#prune();
  }

  /** Lines as documented, including all that were added before. Throws Problem `file_read_failed`. */
  async read(query: LogQuery = {}): Promise<LogPage> {
    await this.#flushed();
    return this.#exclusively(async () => {
      try {
        return await this.#reader.read(query);
      } catch (error) {
        if (isAbsent(error)) return { lines: [], 'line-count': 0, 'latest-timestamp': Math.max(0, query.after ?? 0) };
        if (error instanceof Problem) throw error;
        throw new Problem('file_read_failed', `failed to read log file: ${fileErrorSentence(error, this.directory)}`);
      }
    });
  }

  /**
   * Empties the active file and deletes rotated ones; how many were deleted.
   * Throws Problem `log_directory_missing`, `file_write_failed`.
   */
  async clear(): Promise<number> {
    await this.#flushed();
    return this.#exclusively(async () => {
      try {
        return await this.#writer.clear();
      } catch (error) {
        if (isAbsent(error)) throw new Problem('log_directory_missing');
        throw new Problem('file_write_failed', `failed to clear the log: ${fileErrorSentence(error, this.directory)}`);
      }
    });
  }

  /** The last lines since the start, with a file or without. */
  readonly recentLines = (): readonly string[] => this.#recent.all;

  /** Called with new lines, several at a time; of a flood only the newest. */
  onLines(listener: (lines: readonly string[]) => void): Disposer {
    return this.#tail.on(listener);
  }

  /** Writes what is pending, if the disk accepts it. */
  async close(): Promise<void> {
    this.#repeated.flush();
    this.#enabled = false;
    this.#tailTimer?.();
    await this.#flushed();
    await this.#queue.idle();
    this.#retry?.();
  }

  #append(line: string): void {
    if (this.#pendingBytes > maxPendingBytes) {
      this.#dropped += 1;
      return;
    }
    this.#pending.push(line);
    this.#pendingBytes += line.length;
    if (this.#retry === undefined) this.#schedule();
  }

  #notify(line: string): void {
    this.#tailLines.push(...line.split('\n'));
    if (this.#tailLines.length > 2 * maxTailLines) this.#tailLines = this.#tailLines.slice(-maxTailLines);
    this.#tailTimer ??= this.#clock.after(tailMs, () => {
      const lines = this.#tailLines.slice(-maxTailLines);
      this.#tailTimer = undefined;
      this.#tailLines = [];
      this.#tail.emit(lines);
    });
  }

  #schedule(): void {
    this.#writing ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#exclusively(() => this.#writeBatch()))
      .then(
        () => {
          this.#failing = false;
        },
        (error) => {
          this.#reportFailure(error);
          this.#retryLater();
        },
      )
      .finally(() => {
        this.#writing = undefined;
        if (this.#pending.length > 0 && this.#retry === undefined) this.#schedule();
      });
  }

  #retryLater(): void {
    this.#retry ??= this.#clock.after(retryMs, () => {
      this.#retry = undefined;
      this.#schedule();
    });
  }

  /** Resolves once the lines added so far are on disk, or have failed to be written. */
  async #flushed(): Promise<void> {
    // The batch that is being written may lack the latest lines.
    await this.#writing;
    if (this.#pending.length > 0) this.#schedule();
    await this.#writing;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#pending;
    if (this.#dropped > 0) {
      const note = `${this.#dropped} lines were dropped because the log could not be written`;
      batch.push(logLine(this.#clock.now(), 'warning', 'log-file.ts', note));
    }
    const text = batch.length === 0 ? '' : `${batch.join('\n')}\n`;
    const dropped = this.#dropped;
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      await this.#writer.write(Buffer.from(text));
      this.#dropped -= dropped;
    } catch (error) {
      if (dropped > 0) batch.pop();
      this.#pending = [...batch, ...this.#pending];
      this.#pendingBytes += text.length;
      throw error;
    }
  }

  #prune(): void {
    void this.#exclusively(() => this.#writer.prune()).catch((error) => this.#reportFailure(error));
  }

  /** Reported once until a write succeeds. */
  #reportFailure(error: unknown): void {
    if (!this.#failing) this.#toConsole(`the log cannot be written: ${fileErrorSentence(error, this.directory)}`);
    this.#failing = true;
  }

  #exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run('', task);
  }
}
