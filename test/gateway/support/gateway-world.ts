// A gateway in this process between a real client and a real upstream, on a clock that tests move.
import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { LearnedModels } from '../../../src-main/accounts/learned-models.ts';
import { normalize } from '../../../src-main/config/config-view.ts';
import { createGateway } from '../../../src-main/gateway/gateway.ts';
import type { Gateway, GatewayOptions } from '../../../src-main/gateway/gateway-options.ts';
import type { AccountSource } from '../../../src-main/gateway/routing/account-source.ts';
import { Emitter } from '../../../src-main/lib/emitter.ts';
import { createLogger } from '../../../src-main/lib/logger.ts';
import type { Clock } from '../../../src-main/lib/time/clock.ts';
import { Dispatchers } from '../../../src-main/net/dispatchers.ts';
import type { Counters } from '../../../src-main/storage/counters.ts';
import { UsageStore } from '../../../src-main/usage/usage-store.ts';
import { type Config, configSchema } from '../../../src-shared/config.ts';
import type { RequestRecord, RouteCandidate } from '../../../src-shared/contract/requests.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryCounters } from '../../support/memory-counters.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What the upstream was sent. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
  /** The key, whichever header carries it. */
  readonly key: string;
}

export type Script = (seen: Seen, response: ServerResponse, index: number) => unknown;

export async function listen(
  handler: http.RequestListener,
): Promise<{ server: http.Server; url: string; port: number }> {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, url: `http://127.0.0.1:${port}`, port };
}

/** An upstream that answers as the script says and keeps what it was asked. */
export async function startUpstream(script: Script) {
  const calls: Seen[] = [];
  let answer = script;
  const { url, server } = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { headers } = request;
    const bearer = String(headers.authorization ?? '').replace(/^Bearer /, '');
    const key = bearer || String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? '');
    const seen = { path: request.url ?? '', headers, text, body: text === '' ? {} : JSON.parse(text), key };
    calls.push(seen);
    await answer(seen, response, calls.length - 1);
  });
  return {
    url,
    server,
    calls,
    keys: () => calls.map(({ key }) => key),
    play(next: Script) {
      calls.length = 0;
      answer = next;
    },
  };
}

export const sendJson = (response: ServerResponse, status: number, value: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

/** A whole chat response. */
export const chatAnswer = (text = 'fine', usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'up',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage,
});

export const responses: Script = (_, response) => sendJson(response, 200, chatAnswer());

export const fails =
  (status: number, headers = {}): Script =>
  (_, response) =>
    sendJson(response, status, { error: { message: `fault ${status}`, type: 'some_error' } }, headers);

/** The first scripts in order, then the last one for ever. */
export const inOrder =
  (...scripts: readonly Script[]): Script =>
  (seen, response, index) =>
    scripts[Math.min(index, scripts.length - 1)]?.(seen, response, index);

export const noAccounts: AccountSource = {
  list: () => [],
  onChange: () => () => {},
  refresh: () => Promise.reject(new Error('there are no accounts')),
  report: () => {},
  endCooldown: () => {},
};

type Document = Readonly<Record<string, unknown>>;

/** A compatible provider with keys `a`, `b`, … that offers `m`. */
export const provider = (url: string, keys: readonly string[], more: Document = {}): Document => ({
  'openai-compatibility': [
    {
      name: 'compat',
      'base-url': `${url}/v1`,
      'api-key-entries': keys.map((key) => ({ 'api-key': key })),
      models: [{ name: 'up', alias: 'm' }],
    },
  ],
  ...more,
});

export interface WorldOptions {
  readonly accounts?: AccountSource;
  readonly clock?: Clock;
  readonly folder?: string;
  readonly learned?: LearnedModels;
  readonly counters?: Counters;
  readonly limits?: GatewayOptions['limits'];
  readonly usageQueue?: GatewayOptions['usageQueue'];
  readonly ownerStore?: GatewayOptions['ownerStore'];
}

export async function gatewayWorld(document: Document, options: WorldOptions = {}) {
  const read = (given: Document): Config => normalize(configSchema.parse({ 'api-keys': ['ck'], ...given }));
  const changes = new Emitter<void>((error) => {
    throw error;
  });
  const config = { current: { config: read(document) }, onChange: (listener: () => void) => changes.on(listener) };
  const clock = new FakeClock(Date.now());
  const lines: string[] = [];
  const records: RequestRecord[] = [];
  const routes: (readonly RouteCandidate[])[] = [];
  const usage = new UsageStore({ clock });
  const dispatchers = new Dispatchers();
  const logFolder = options.folder ?? tempFolder();
  const gateway: Gateway = createGateway({
    config,
    accounts: options.accounts ?? noAccounts,
    dispatchers,
    usage,
    requests: {
      started: () => {},
      firstByte: () => {},
      finished: ({ record, route }) => {
        records.push(record);
        routes.push(route);
      },
    },
    counters: options.counters ?? new MemoryCounters(),
    keyId: (key) => `id of ${key}`.slice(0, 12),
    log: createLogger((level, _, message) => lines.push(`${level} ${message}`), 'test'),
    logFolder,
    clock: options.clock ?? clock,
    version: '1.2.3',
    ...(options.learned && { learned: options.learned }),
    ...(options.limits && { limits: options.limits }),
    ...(options.usageQueue && { usageQueue: options.usageQueue }),
    ...(options.ownerStore && { ownerStore: options.ownerStore }),
  });
  const { url, port, server } = await listen((request, response) => gateway.handle(request, response));
  onTestFinished(async () => {
    const closed = gateway.close({ graceMs: 0 });
    clock.advance(0);
    server.closeAllConnections();
    await closed;
    await dispatchers.close();
  });
  const ask = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}, signal?: AbortSignal) =>
    fetch(url + path, {
      method: 'POST',
      headers: { authorization: 'Bearer ck', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal && { signal }),
    });
  return {
    url,
    /** Of the requests that have ended, the first first. */
    records,
    /** The candidates of each. */
    routes,
    port,
    clock,
    gateway,
    usage,
    lines,
    logFolder,
    ask,
    /** One chat request for model `m`. */
    chat: (more: Document = {}) =>
      ask('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'U' }], ...more }),
    change(next: Document) {
      config.current = { config: read(next) };
      changes.emit();
    },
  };
}

/** Lets I/O that is under way happen until `done` holds. */
export async function eventually(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !done(); ) {
    if (Date.now() > end) throw new Error('it did not happen within 60 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Moves the clock on in steps while something is waited for. */
export async function whileTimePasses<T>(clock: FakeClock, step: number, work: Promise<T>): Promise<T> {
  let isOver = false;
  const finish = () => {
    isOver = true;
  };
  work.then(finish, finish);
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(step);
  }
  return work;
}

/** Waits until more can be written, or nobody is there to take it. */
export const drainOrClose = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
