// The logs of single requests: complete and masked while they are on, errors without bodies while they are off.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RequestLogs } from '../../src-main/logs/request-logs.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  chatAnswer,
  eventually,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  sendJson,
  startUpstream,
} from './support/gateway-world.ts';

const key = 'upstream-key-secret-0001';
const logs = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort();
const text = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

test('a log has its sections in order, all attempts, both bodies, and no key', async () => {
  const upstream = await startUpstream(inOrder(fails(500), responses));
  const world = await gatewayWorld(provider(upstream.url, [`${key}-a`, `${key}-b`], { 'request-log': true }));
  const response = await world.ask(
    '/v1/chat/completions?key=ck-query-secret-01',
    { model: 'm', messages: [{ role: 'user', content: 'log me' }] },
    { cookie: 'session=cookie-secret-0001', 'x-api-key': 'client-secret-0001' },
  );
  await eventually(() => logs(world.logFolder).length === 1);
  const [name = ''] = logs(world.logFolder);
  expect(name).toMatch(/^v1-chat-completions-\d{4}-\d\d-\d\dT\d{6}-\d{9}-[0-9a-f]{8}\.log$/);
  const log = text(world.logFolder, name);
  const titles = [...log.matchAll(/^=== (.*) ===$/gm)].map(([, title]) => title);
  expect(titles).toEqual([
    'REQUEST INFO',
    'HEADERS',
    'REQUEST BODY',
    'API REQUEST 1',
    'API RESPONSE 1',
    'API REQUEST 2',
    'API RESPONSE 2',
    'RESPONSE',
  ]);
  expect(log).toContain('log me');
  expect(log.match(/"content":"fine"/g)).toHaveLength(2);
  expect(log).toContain(`${upstream.url}/v1/chat/completions`);
  expect(log).not.toMatch(/upstream-key-secret|cookie-secret|client-secret|query-secret/);
  expect(log).toMatch(/^authorization: Bearer upst\.\.\.01-a$/m);
  expect(statSync(path.join(world.logFolder, name)).mode & 0o777).toBe(0o600);
  const id = response.headers.get('x-cpa-request-id') ?? '';
  expect((await new RequestLogs(world.logFolder).readById(id)).name).toBe(name);
});

test('a large response is cut in the log, not for the client', async () => {
  const large = 'x'.repeat(20 * 1024 * 1024);
  const upstream = await startUpstream((_, response) => sendJson(response, 200, chatAnswer(large)));
  const world = await gatewayWorld(provider(upstream.url, [key], { 'request-log': true }));
  const response = await (await world.chat()).text();
  expect(response.length).toBeGreaterThan(large.length);
  await eventually(() => logs(world.logFolder).length === 1);
  const log = text(world.logFolder, logs(world.logFolder)[0]!);
  expect(log).toContain('[truncated]');
  expect(log.length).toBeLessThan(40 * 1024 * 1024);
  expect(readdirSync(world.logFolder)).toHaveLength(1);
});

test('while logs are off only failures are kept, without bodies and keys, the newest ten', async () => {
  const upstream = await startUpstream(fails(400));
  const world = await gatewayWorld(provider(upstream.url, [key]));
  for (let turn = 0; turn < 13; turn++) {
    await world.chat({ messages: [{ role: 'user', content: 'a private thought' }] });
    await eventually(() => logs(world.logFolder).length === Math.min(turn + 1, 10));
  }
  upstream.play(responses);
  await world.chat();
  const all = logs(world.logFolder).map((name) => [name, text(world.logFolder, name)] as const);
  for (const [name, log] of all) {
    expect(name).toMatch(/^error-v1-chat-completions-/);
    expect(log).toContain('fault 400');
    expect(log).not.toMatch(/private thought|upstream-key-secret|Bearer ck/);
  }
});

test('the total size is kept', async () => {
  const upstream = await startUpstream((_, response) => sendJson(response, 200, chatAnswer('x'.repeat(400_000))));
  const world = await gatewayWorld(provider(upstream.url, [key], { 'request-log': true, 'logs-max-total-size-mb': 1 }));
  const size = () =>
    logs(world.logFolder).reduce(
      (sum, name) => sum + (statSync(path.join(world.logFolder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  for (let turn = 0; turn < 12; turn++) await world.chat();
  await eventually(() => logs(world.logFolder).length > 0 && size() <= 1024 * 1024);
});

test('of many failures at once the logs of ten are left', async () => {
  const upstream = await startUpstream(fails(400));
  const world = await gatewayWorld(provider(upstream.url, [key]));
  await Promise.all(Array.from({ length: 60 }, () => world.chat()));
  const closed = world.gateway.close({ graceMs: 0 });
  world.clock.advance(0);
  await closed;
  expect(logs(world.logFolder)).toHaveLength(10);
});

test('what a killed program left of logs under way is removed at the start, and nothing else', async () => {
  const folder = tempFolder();
  const left = [
    '.v1-messages-2026-01-31T090500-000000000-0a1b2c3d.log.999999999-8c1f2a90.tmp',
    'main.log',
    '.mine.tmp',
  ];
  for (const name of left) writeFileSync(path.join(folder, name), 'half a lo');
  await gatewayWorld(provider('http://127.0.0.1:9', [key]), { folder });
  expect(readdirSync(folder).sort()).toEqual(['.mine.tmp', 'main.log']);
});

const complaints = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.filter((line) => line.includes('request logs cannot be written'));

test('a disk that takes no logs is logged once, and no response suffers', async () => {
  const upstream = await startUpstream(responses);
  const folder = path.join(tempFolder(), 'logs');
  const world = await gatewayWorld(provider(upstream.url, [key], { 'request-log': true }), { folder });
  writeFileSync(folder, 'not a folder');
  for (let turn = 0; turn < 3; turn++) expect((await world.chat()).status).toBe(200);
  await world.gateway.close({ graceMs: 0 });
  expect(complaints(world)).toEqual([expect.stringContaining('ENOTDIR')]);
});

test('a disk that takes logs again and then no more is told of again', async () => {
  const upstream = await startUpstream(responses);
  const folder = path.join(tempFolder(), 'logs');
  const world = await gatewayWorld(provider(upstream.url, [key], { 'request-log': true }), { folder });
  writeFileSync(folder, 'not a folder');
  await world.chat();
  await eventually(() => complaints(world).length === 1);
  rmSync(folder);
  await world.chat();
  await eventually(() => existsSync(folder) && logs(folder).length === 1);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'not a folder');
  await world.chat();
  await eventually(() => complaints(world).length === 2);
});
