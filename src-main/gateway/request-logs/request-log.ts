// The logs of single requests: all of them while `request-log` is on, else those that failed, without bodies.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { removeLeftoversIn } from '../../lib/files/atomic-file.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { ResponseObserver } from '../client/client-response.ts';
import type { DroppedField } from '../model/dropped-fields.ts';
import type { Credential } from '../routing/credential.ts';
import type { RequestBody, UpstreamCall } from '../upstream/send.ts';
import type { UpstreamObserver } from '../upstream/upstream-observer.ts';
import { LogPruner } from './log-pruner.ts';
import {
  bodyTitle,
  logName,
  type RequestFacts,
  requestSection,
  responseSection,
  upstreamResponseSection,
  upstreamSection,
} from './log-sections.ts';
import { LogThread } from './log-thread.ts';
import { PartFile } from './part-file.ts';

const maxBytes = 16 * 1024 * 1024;

export interface RequestLog {
  /** Of the request; the log's name ends with it. */
  readonly id: string;
  readonly response: ResponseObserver;
  body(pieces: readonly Buffer[]): void;
  /** The next attempt. */
  upstream(credential: Credential, call: UpstreamCall, dropped: readonly DroppedField[]): UpstreamObserver;
  /** Writes the log, or forgets it. */
  finish(failed: boolean, summary: string): void;
}

export interface RequestLoggerOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
}

export interface KeptLogs {
  /** Whether `request-log` is on. */
  readonly all: boolean;
  /** Of all logs together; 0 or less: no limit. */
  readonly maxTotalMb: number;
  /** Logs of failed requests while only these are kept; 0: no limit. */
  readonly maxErrors: number;
}

/** In the place of a negative number. */
const defaultMaxErrors = 10;

export class RequestLogger {
  readonly #options: RequestLoggerOptions;
  readonly #unfinished = new Set<Promise<void>>();
  readonly #pruner: LogPruner;
  readonly #thread: LogThread;
  /** Why a log could not be written or removed; told once, not for every request. */
  readonly #complaints = new Map<'written' | 'removed', string>();

  /** Removes what a killed program left of logs under way. */
  constructor(options: RequestLoggerOptions) {
    this.#options = options;
    this.#thread = new LogThread(options.clock);
    const { folder } = options;
    this.#pruner = new LogPruner({
      folder,
      thread: this.#thread,
      onError: (error) => this.#complain('removed', error),
    });
    try {
      if (existsSync(folder)) removeLeftoversIn(folder);
    } catch (error) {
      this.#complain('removed', error);
    }
  }

  /** What of the logs is kept. */
  open(request: IncomingMessage, kept: KeptLogs): RequestLog {
    const { folder, clock, version } = this.#options;
    const { all } = kept;
    const id = randomUUID().slice(0, 8);
    const target = request.url ?? '';
    const facts = { method: request.method ?? '', target, headers: request.headers, at: clock.now(), version };
    const finish = (entry: Entry, failed: boolean) => {
      // Then nothing of it has been written.
      if (!all && !failed) return;
      this.#track(this.#write(entry, kept));
    };
    return new Entry({ folder, facts, id, clock, thread: this.#thread, withBodies: all, finish });
  }

  /** Waits for the logs that are being written. */
  async close(): Promise<void> {
    await Promise.all(this.#unfinished);
    await this.#pruner.close();
    await this.#thread.close();
  }

  #track(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#complain('written', error))
      .finally(() => this.#unfinished.delete(done));
    this.#unfinished.add(done);
  }

  async #write(entry: Entry, { all, maxTotalMb, maxErrors }: KeptLogs): Promise<void> {
    const bytes = await entry.write();
    this.#complaints.delete('written');
    const maxBytes = maxTotalMb > 0 ? maxTotalMb * 1024 * 1024 : Number.POSITIVE_INFINITY;
    if (all) this.#pruner.logAdded(bytes, maxBytes);
    else this.#pruner.errorAdded(maxErrors < 0 ? defaultMaxErrors : maxErrors);
  }

  #complain(what: 'written' | 'removed', error: unknown): void {
    const sentence = fileErrorSentence(error, this.#options.folder);
    if (sentence === this.#complaints.get(what)) return;
    this.#complaints.set(what, sentence);
    this.#options.log.error(`request logs cannot be ${what}: ${sentence}`);
  }
}

interface EntryOptions {
  readonly folder: string;
  readonly facts: RequestFacts;
  readonly id: string;
  readonly clock: Clock;
  readonly thread: LogThread;
  readonly withBodies: boolean;
  readonly finish: (entry: Entry, failed: boolean) => void;
}

class Entry implements RequestLog {
  readonly id: string;
  readonly #options: EntryOptions;
  /** Texts of a log that is perhaps not written: made when it is. */
  readonly #later: (() => string)[] = [];
  #files: { readonly main: PartFile; readonly response: PartFile } | undefined;
  #attempts = 0;

  constructor(options: EntryOptions) {
    this.#options = options;
    this.id = options.id;
    this.#text(() => requestSection(options.facts));
  }

  get #main(): PartFile {
    return this.#begun().main;
  }

  /** The response to the client comes at the same time as the upstream's, and stands behind it. */
  get #response(): PartFile {
    return this.#begun().response;
  }

  /** Most requests are not logged, and need none. */
  #begun(): { readonly main: PartFile; readonly response: PartFile } {
    if (this.#files !== undefined) return this.#files;
    const { folder, facts, id, thread, withBodies } = this.#options;
    const name = () => logName(facts.target.split('?')[0] as string, facts.at, id);
    const target = () => path.join(folder, withBodies ? name() : `error-${name()}`);
    const file = () => new PartFile({ target, maxBytes, thread });
    this.#files = { main: file(), response: file() };
    return this.#files;
  }

  readonly response: ResponseObserver = {
    onHead: (status, headers) => {
      if (this.#options.withBodies) this.#response.write(responseSection(status, headers));
      else this.#later.push(() => responseSection(status, headers));
    },
    onBytes: (bytes) => {
      if (this.#options.withBodies) this.#response.write(Buffer.from(bytes));
    },
  };

  body(pieces: readonly Buffer[]): void {
    if (!this.#options.withBodies) return;
    this.#main.write(bodyTitle);
    this.#bytes(pieces);
  }

  upstream(
    { label, provider }: Credential,
    { url, headers, body }: UpstreamCall,
    dropped: readonly DroppedField[],
  ): UpstreamObserver {
    const { clock } = this.#options;
    const number = ++this.#attempts;
    const at = clock.now();
    this.#text(() =>
      upstreamSection({ number, at, url: url.href, auth: `provider=${provider}, label=${label}`, headers, dropped }),
    );
    if (body !== undefined) this.#bytes(body);
    return {
      onResponse: (status, answered) => {
        const then = clock.now();
        this.#text(() => upstreamResponseSection(number, then, status, answered));
      },
      onBytes: (bytes) => {
        if (this.#options.withBodies) this.#main.write(Buffer.from(bytes));
      },
      onError: (message) => this.#text(() => `\nError: ${message}\n`),
    };
  }

  finish(failed: boolean, summary: string): void {
    // Errors of upstreams stand with their attempts.
    if (failed && this.#attempts === 0) this.#text(() => `\nError: ${summary}\n`);
    this.#options.finish(this, failed);
  }

  /** How many bytes it has. Throws the system error, and leaves nothing behind then. */
  async write(): Promise<number> {
    for (const text of this.#later) this.#main.write(text());
    try {
      await this.#main.append(this.#response);
      return await this.#main.finish();
    } catch (error) {
      // The first error tells more than one about what is removed.
      await this.discard().catch(() => undefined);
      throw error;
    }
  }

  async discard(): Promise<void> {
    await Promise.all([this.#main.discard(), this.#response.discard()]);
  }

  #text(make: () => string): void {
    if (this.#options.withBodies) this.#main.write(make());
    else this.#later.push(make);
  }

  #bytes(pieces: RequestBody): void {
    if (!this.#options.withBodies) return;
    for (const piece of Array.isArray(pieces) ? pieces : [pieces]) this.#main.write(piece);
  }
}
