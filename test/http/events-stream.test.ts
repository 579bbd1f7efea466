// `GET /events` on the real server: the state at once, then what changes, and who changed it.

import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createParser } from 'eventsource-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { EventStreams } from '../../src-main/http/events-stream.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { managementKey, startTestApp, type TestApp } from '../support/test-app.ts';

interface Received {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads the stream until `enough` says so. */
async function eventsUntil(
  app: TestApp,
  enough: (events: readonly Received[]) => boolean,
  act: () => Promise<unknown>,
) {
  const abort = new AbortController();
  const response = await fetch(`${app.address}/v0/management/events`, {
    headers: { 'x-management-key': managementKey },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: Received[] = [];
  const parser = createParser({
    onEvent: ({ id, event = '', data }) => {
      const parsed = JSON.parse(data) as Record<string, unknown>;
      expect(String(parsed.revision)).toBe(id);
      events.push({ event, data: parsed });
    },
  });
  const decoder = new TextDecoder();
  let acted: Promise<unknown> | undefined;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (events.some(({ event }) => event === 'server')) acted ??= act();
    if (enough(events)) break;
  }
  await acted;
  abort.abort();
  return events;
}

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({
    config: 'debug: false\n',
    accounts: { 'one.json': '{"type":"claude","email":"a@example.com"}' },
  });
});
afterEach(() => app.close());

test('the state comes at once: config, its notices, accounts and server', async () => {
  const events = await eventsUntil(
    app,
    (all) => all.length >= 4,
    async () => {},
  );
  expect(events.map(({ event }) => event)).toEqual(['config', 'config-notices', 'accounts', 'server']);
  expect(events[0]?.data.config).toMatchObject({ debug: false });
  expect(events[1]?.data.notices).toEqual([]);
  expect(events[2]?.data.files).toMatchObject([{ name: 'one.json' }]);
  expect(events[3]?.data).toMatchObject({ address: app.address, state: 'running' });
});

test('a change over HTTP names the client, one in the file names the disk', async () => {
  const debugIs = (value: boolean) => (received: Received) =>
    received.event === 'config' && (received.data.config as Record<string, unknown>).debug === value;
  const viaHttp = await eventsUntil(
    app,
    (all) => all.some(debugIs(true)),
    () => app.send('PUT', '/debug', '{"value":true}', { 'user-agent': 'some-client/1' }),
  );
  expect(viaHttp.find(debugIs(true))?.data.actor).toEqual({
    kind: 'http',
    address: '127.0.0.1',
    agent: 'some-client/1',
  });

  const viaFile = await eventsUntil(
    app,
    (all) => all.some(debugIs(false)),
    async () => {
      const beside = path.join(app.folder, 'beside.yaml');
      writeFileSync(beside, app.readConfig().replace('debug: true', 'debug: false'));
      renameSync(beside, app.configFile);
    },
  );
  expect(viaFile.find(debugIs(false))?.data.actor).toEqual({ kind: 'disk' });
});

test('an invalid save is published with its place, and the last good config stays in force', async () => {
  const broken = await eventsUntil(
    app,
    (all) => all.some(({ event }) => event === 'config-broken'),
    async () => writeFileSync(app.configFile, `${app.readConfig()}request-retry: [\n`),
  );
  expect(broken.at(-1)?.data).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  expect((await app.call('GET', '/debug')).status).toBe(200);
  const refused = await app.call('PUT', '/debug', { value: true });
  expect([refused.status, (await refused.json()).error]).toEqual([409, 'config_broken']);
});

test('a new account file is published', async () => {
  const events = await eventsUntil(
    app,
    (all) => all.some(({ data }) => Array.isArray(data.files) && data.files.length === 2),
    () => app.send('POST', '/auth-files?name=two.json', '{"type":"qwen"}', {}),
  );
  expect(events.at(-1)?.data.actor).toMatchObject({ kind: 'http' });
});

test('a reader that does not read is dropped rather than buffered for', async () => {
  const events = new AppEvents((error) => expect.unreachable(String(error)));
  const streams = new EventStreams({ on: (listener) => events.on(listener), snapshot: () => [] }, systemClock);
  const server = createServer((_, response) => streams.serve(response, {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sent = httpRequest({ port: (server.address() as AddressInfo).port }, (response) => response.pause());
  sent.on('error', () => {});
  sent.end();
  await once(server, 'request');
  const lines = ['x'.repeat(100_000)];
  let announced = 0;
  while (streams.size > 0 && announced < 1000) {
    events.publish('log', { lines }, { kind: 'app' });
    announced++;
    await new Promise(setImmediate);
  }
  expect(streams.size).toBe(0);
  sent.destroy();
  server.close();
});
