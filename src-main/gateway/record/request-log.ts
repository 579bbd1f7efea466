// The logs of single requests: all of them while `request-log` is on, else those that failed, without bodies.
import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Credential } from '../credentials/credential.ts';
import type { UpstreamWatcher } from '../pipeline/attempt.ts';
import type { AnswerWatcher } from '../pipeline/client-answer.ts';
import type { UpstreamCall } from '../upstream/send.ts';
import {
  answerSection,
  bodyTitle,
  logName,
  type RequestFacts,
  requestSection,
  upstreamAnswerSection,
  upstreamSection,
} from './log-sections.ts';
import { PartFile } from './part-file.ts';

const mostBytes = 16 * 1024 * 1024;
/** Logs of failed requests that are kept while `request-log` is off. */
const mostErrors = 10;
/** Looking at all files after each request would cost more than writing it. */
const pruneEvery = 50;

export interface RequestLog {
  /** Of the request; the log's name ends with it. */
  readonly id: string;
  readonly answer: AnswerWatcher;
  body(bytes: Buffer): void;
  /** The next attempt. */
  upstream(credential: Credential, call: UpstreamCall): UpstreamWatcher;
  /** Writes the log, or forgets it. */
  finish(failed: boolean): void;
}

export interface RequestLoggerOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
}

export class RequestLogger {
  readonly #options: RequestLoggerOptions;
  readonly #unfinished = new Set<Promise<void>>();
  #written = 0;

  constructor(options: RequestLoggerOptions) {
    this.#options = options;
  }

  /** @param all whether `request-log` is on @param maxTotalMb of all logs together; 0 or less: no limit */
  open(
    request: IncomingMessage,
    { all, maxTotalMb }: { readonly all: boolean; readonly maxTotalMb: number },
  ): RequestLog {
    const { folder, clock, version } = this.#options;
    const id = randomBytes(4).toString('hex');
    const target = request.url ?? '';
    const facts = { method: request.method ?? '', target, headers: request.headers, at: clock.now(), version };
    const name = logName(target.split('?')[0] as string, facts.at, id);
    const finish = (entry: Entry, failed: boolean) => {
      if (!all && !failed) return this.#track(entry.discard());
      const finished = all ? name : `error-${name}`;
      this.#track(entry.write(finished).then(() => this.#prune(all, maxTotalMb)));
    };
    return new Entry({ folder, name, facts, id, clock, withBodies: all, finish });
  }

  /** Waits for the logs that are being written. */
  async close(): Promise<void> {
    await Promise.all(this.#unfinished);
  }

  #track(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) =>
        this.#options.log.error(`a request log could not be written: ${(error as Error).message}`),
      )
      .finally(() => this.#unfinished.delete(done));
    this.#unfinished.add(done);
  }

  async #prune(all: boolean, maxTotalMb: number): Promise<void> {
    if (all && this.#written++ % pruneEvery !== 0) return;
    const { folder } = this.#options;
    const names = (await readdir(folder)).filter((name) => (all ? requestLog : errorLog).test(name));
    const files = await Promise.all(
      names.map(async (name) => ({ name, ...sizeAndTime(await stat(path.join(folder, name))) })),
    );
    files.sort((one, other) => other.time - one.time);
    let total = 0;
    for (const [index, { name, size }] of files.entries()) {
      total += size;
      const isTooMuch = all ? maxTotalMb > 0 && total > maxTotalMb * 1024 * 1024 : index >= mostErrors;
      if (isTooMuch) await rm(path.join(folder, name), { force: true });
    }
  }
}

const errorLog = /^error-.*-[0-9a-f]{8}\.log$/;
const requestLog = /-\d{9}-[0-9a-f]{8}\.log$/;
const sizeAndTime = ({ size, mtimeMs }: { size: number; mtimeMs: number }) => ({ size, time: mtimeMs });

interface EntryOptions {
  readonly folder: string;
  readonly name: string;
  readonly facts: RequestFacts;
  readonly id: string;
  readonly clock: Clock;
  readonly withBodies: boolean;
  readonly finish: (entry: Entry, failed: boolean) => void;
}

class Entry implements RequestLog {
  readonly id: string;
  readonly #options: EntryOptions;
  /** Texts of a log that is perhaps not written: made when it is. */
  readonly #later: (() => string)[] = [];
  readonly #main: PartFile;
  /** The answer to the client comes at the same time as the upstream's, and stands behind it. */
  readonly #answer: PartFile;
  #attempts = 0;

  constructor(options: EntryOptions) {
    const { folder, name } = options;
    this.#options = options;
    this.id = options.id;
    this.#main = new PartFile({ folder, name, mostBytes });
    this.#answer = new PartFile({ folder, name: `${name}.answer`, mostBytes });
    this.#text(() => requestSection(options.facts));
  }

  readonly answer: AnswerWatcher = {
    onHead: (status, headers) => this.#text(() => answerSection(status, headers), this.#answer),
    onBytes: (bytes) => this.#bytes(this.#answer, bytes),
  };

  body(bytes: Buffer): void {
    if (!this.#options.withBodies) return;
    this.#main.write(bodyTitle);
    this.#main.write(bytes);
  }

  upstream({ label, provider }: Credential, { url, headers, body }: UpstreamCall): UpstreamWatcher {
    const { clock } = this.#options;
    const number = ++this.#attempts;
    const at = clock.now();
    this.#text(() =>
      upstreamSection({ number, at, url: url.href, auth: `provider=${provider}, label=${label}`, headers }),
    );
    this.#bytes(this.#main, body);
    return {
      onAnswer: (status, answered) => {
        const then = clock.now();
        this.#text(() => upstreamAnswerSection(number, then, status, answered));
      },
      onBytes: (bytes) => this.#bytes(this.#main, bytes),
      onFault: (message) => this.#text(() => `\nError: ${message}\n`),
    };
  }

  finish(failed: boolean): void {
    this.#options.finish(this, failed);
  }

  async write(name: string): Promise<void> {
    for (const text of this.#later) this.#main.write(text());
    await this.#main.append(this.#answer);
    await this.#main.finish(name);
  }

  async discard(): Promise<void> {
    await Promise.all([this.#main.discard(), this.#answer.discard()]);
  }

  #text(make: () => string, file = this.#main): void {
    if (this.#options.withBodies) file.write(make());
    else this.#later.push(make);
  }

  #bytes(file: PartFile, bytes: Buffer | string): void {
    if (this.#options.withBodies) file.write(bytes);
  }
}
