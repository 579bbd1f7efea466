// The window in a browser: the management API over fetch, and its events as a streamed response.
// EventSource would be shorter but cannot send the key, and keys never stand in addresses.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { AppEvent } from '../../src-shared/events.ts';
import { isProblemCode, type ProblemCode, problemHeader, problems } from '../../src-shared/problem.ts';
import routeTable from '../generated/routes.json' with { type: 'json' };
import { forgetKey, keepKey, readKey } from './key-store.ts';
import { decodeAnswer, encodeRequest, type Route } from './route.ts';
import { CallError, type Link, type Listeners, type Lock, type Transport } from './transport.ts';

const routes: Readonly<Record<string, Route>> = routeTable as Record<string, Route>;
const eventsPath = '/v0/management/events';
/** The server sends a comment every 15 s; silence for longer than this means that the connection is gone. */
const silenceMs = 40_000;
const firstRetryMs = 500;
const lastRetryMs = 5_000;

export function httpTransport(base = ''): Transport {
  let key = readKey();
  let reconnect: (() => void) | undefined;
  let onLocked: (lock: Lock) => void = () => {};
  // Each call with a key that is not taken counts towards a ban: until the server has said of the key what it thinks
  // of it, the connection for events asks alone.
  let admitted: Promise<boolean> = Promise.resolve(true);

  const request = (path: string, init: RequestInit = {}) =>
    fetch(base + path, {
      ...init,
      cache: 'no-store',
      headers: { ...init.headers, ...(key !== '' && { authorization: `Bearer ${key}` }) },
    });

  return {
    desktop: false,
    call: async (name, input) => {
      const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
      if (route === undefined) throw new CallError('unknown_operation', `${name} is only possible in the desktop app.`);
      const { path, method, type, body } = encodeRequest(route, input);
      let response: Response;
      let text: string;
      if (!(await admitted)) throw new CallError('locked', 'The window has no management key that the server takes.');
      try {
        response = await request(path, {
          method,
          ...(body !== undefined && { body }),
          ...(type !== undefined && { headers: { 'content-type': type } }),
        });
        text = await response.text();
      } catch (error) {
        throw new CallError('unreachable', 'The server does not answer.', { cause: error });
      }
      if (response.ok) return decodeAnswer(route, text, input, response.headers.get('content-disposition'));
      if (response.status === 401) onLocked(lockOf(response, text, key));
      throw callError(response, text);
    },
    listen: (listeners) => {
      onLocked = (lock) => listeners.link({ state: 'locked', ...lock });
      const stop = new AbortController();
      const first = Promise.withResolvers<boolean>();
      admitted = first.promise;
      const link = (state: Link) => {
        if (state.state === 'locked') first.resolve(false);
        else admitted = Promise.resolve(true);
        first.resolve(true);
        listeners.link(state);
      };
      reconnect = follow(request, () => key, { ...listeners, link }, stop.signal);
      return () => stop.abort();
    },
    unlock: (given, remember) => {
      key = given.trim();
      keepKey(key, remember);
      reconnect?.();
    },
    forgetKey: () => {
      key = '';
      forgetKey();
      reconnect?.();
    },
  };
}

/** Reads events until `stop`, connecting again after a loss. The returned function connects again at once. */
function follow(
  request: (path: string, init?: RequestInit) => Promise<Response>,
  key: () => string,
  { event, link }: Listeners,
  stop: AbortSignal,
): () => void {
  let attempt = new AbortController();
  let wake: () => void = () => {};
  let lostSince: number | undefined;

  async function connect(): Promise<'locked' | 'lost'> {
    attempt = new AbortController();
    const signal = AbortSignal.any([stop, attempt.signal]);
    const response = await request(eventsPath, { signal });
    if (!response.ok || response.body === null) {
      if (response.status >= 500) return 'lost';
      link({ state: 'locked', ...lockOf(response, await response.text(), key()) });
      return 'locked';
    }
    lostSince = undefined;
    link({ state: 'online' });
    const lifeline = () => setTimeout(() => attempt.abort(), silenceMs);
    let timer = lifeline();
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          clearTimeout(timer);
          timer = lifeline();
          controller.enqueue(chunk);
        },
      }),
    );
    try {
      // The DOM's types and the parser's differ in the buffer behind the chunks.
      const text = watched.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>);
      const reader = text.pipeThrough(new EventSourceParserStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        event({ event: part.value.event, ...JSON.parse(part.value.data) } as AppEvent);
      }
    } finally {
      clearTimeout(timer);
    }
    return 'lost';
  }

  async function run(): Promise<void> {
    let pause = firstRetryMs;
    while (!stop.aborted) {
      const outcome = await connect().catch(() => 'lost' as const);
      if (stop.aborted) return;
      if (outcome === 'lost') {
        if (lostSince === undefined) pause = firstRetryMs;
        lostSince ??= Date.now();
        link({ state: 'lost', since: lostSince });
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (outcome === 'lost') setTimeout(resolve, pause);
      });
      pause = Math.min(pause * 2, lastRetryMs);
    }
  }

  run().catch((error: unknown) => console.error(error));
  return () => {
    attempt.abort();
    wake();
  };
}

/** Why the server does not let the window in, from the documented responses. */
function lockOf(response: Response, text: string, key: string): Lock {
  const { status } = response;
  const { message } = callError(response, text);
  if (status === 404) return { reason: 'api-off', detail: '' };
  const numberOf = (name: string) => (response.headers.has(name) ? Number(response.headers.get(name)) : undefined);
  if (status === 401) {
    const triesLeft = numberOf('x-ratelimit-remaining');
    return { reason: key === '' ? 'no-key' : 'wrong-key', detail: '', ...(triesLeft !== undefined && { triesLeft }) };
  }
  if (/ban/i.test(message)) {
    const seconds = numberOf('retry-after');
    return { reason: 'banned', detail: message, ...(seconds && { until: Date.now() + seconds * 1000 }) };
  }
  if (/remote/i.test(message)) return { reason: 'remote-off', detail: message };
  return { reason: 'rejected', detail: message };
}

/** A failed answer in words: `message` first, then `error`, as the documented bodies have them. */
function callError({ status, headers }: Response, text: string): CallError {
  try {
    const body = JSON.parse(text) as { readonly error?: string; readonly message?: string };
    const code = headers.get(problemHeader) ?? body.error ?? String(status);
    // A text that is always the same is for programs.
    if (isProblemCode(code) && body.error === wireText(code)) return new CallError(code, problems[code].sentence);
    return new CallError(code, body.message ?? body.error ?? code);
  } catch {
    return new CallError(String(status), text.trim().slice(0, 200) || `The server answered ${status}.`);
  }
}

function wireText(code: ProblemCode): string | undefined {
  const { wire } = problems[code];
  return typeof wire === 'object' && 'text' in wire ? wire.text : undefined;
}
