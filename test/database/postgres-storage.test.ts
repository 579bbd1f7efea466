// The storage of several instances does what that of one machine does.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src-main/database/open-database.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { storageCases } from '../storage/storage-cases.ts';
import { storedRequest } from '../storage/stored-request.ts';
import { postgresServer } from '../support/postgres-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const server = postgresServer();
const key = Buffer.alloc(32, 7).toString('base64');
const opened: OpenDatabase[] = [];
let url = '';

beforeEach(() => {
  url = server.newUrl();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

async function open(name = 'one', keys = key): Promise<OpenDatabase> {
  const logger = (source: string) => createLogger(() => {}, source);
  const database = await openDatabase({ url, key: keys, waitMs: 0, name, version: '0', clock: systemClock, logger });
  opened.push(database);
  return database;
}

storageCases(async () => (await open()).storage);

test('requests of two instances that run at the same time are bounded together, and those of a dead one are not', async () => {
  const [one, other] = [await open('one'), await open('other')];
  const bounds = [
    { id: 'account', max: 2 },
    { id: 'entry', max: 9 },
  ];
  expect(await one.storage.slots.take(bounds)).toBeUndefined();
  expect(await other.storage.slots.take(bounds)).toBeUndefined();
  expect(await one.storage.slots.take(bounds)).toEqual(bounds[0]);
  one.storage.slots.release(bounds);
  await expect.poll(() => other.storage.slots.take(bounds)).toBeUndefined();
  expect(await other.storage.slots.take(bounds)).toEqual(bounds[0]);
  await other.close();
  opened.splice(opened.indexOf(other), 1);
  expect(await one.storage.slots.take(bounds)).toBeUndefined();
});

test('a document that two instances change at once has both changes, and the other one is told', async () => {
  const [one, other] = [await open('one'), await open('other')];
  const seen: unknown[] = [];
  one.documents.open('labels').watch((document) => seen.push(document));
  const add = (name: string) => (present: unknown) => ({ ...(present as object | undefined), [name]: true });
  await Promise.all([
    ...['a', 'b', 'c'].map((name) => one.documents.open('labels').update(add(name))),
    ...['d', 'e', 'f'].map((name) => other.documents.open('labels').update(add(name))),
  ]);
  const all = { a: true, b: true, c: true, d: true, e: true, f: true };
  expect(await other.documents.open('labels').read()).toEqual(all);
  await other.documents.open('labels').update(add('g'));
  await expect.poll(() => seen.at(-1)).toEqual({ ...all, g: true });
});

test('failed attempts to sign in on one instance are told to the other', async () => {
  const [one, other] = [await open('one'), await open('other')];
  const seen: unknown[] = [];
  other.bans.listen((change) => seen.push(change));
  const failed = { kind: 'failed', address: '192.0.2.7', agent: 'x', reason: 'wrong' } as const;
  one.bans.tell(failed);
  one.bans.tell({ kind: 'forgotten', address: '192.0.2.7' });
  await expect.poll(() => seen).toEqual([failed, { kind: 'forgotten', address: '192.0.2.7' }]);
});

test('the zone of days is that of the instance that made the database', async () => {
  const { timeZone } = await open();
  const before = process.env.TZ;
  process.env.TZ = 'Pacific/Auckland';
  try {
    expect((await open('other')).timeZone).toBe(timeZone);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('everything is sealed with a new key, and the old one is not needed then', async () => {
  const next = Buffer.alloc(32, 9).toString('base64');
  const folder = tempFolder();
  const config = path.join(folder, 'config.yaml');
  mkdirSync(path.join(folder, 'auth'));
  writeFileSync(config, `auth-dir: ${JSON.stringify(path.join(folder, 'auth'))}\n# as it is\n`);
  writeFileSync(path.join(folder, 'auth', 'one.json'), '{"type":"qwen"}');
  writeFileSync(path.join(folder, 'labels.json'), '{"x":{"label":"phone"}}');
  const one = await open();
  await one.importFirst(config);
  const digest = one.secret.digest('client key', 'k', 12);
  await one.storage.bindings.claim('s', 'credential', undefined);
  await one.storage.ledger.add([storedRequest(Date.now()), storedRequest(Date.now())]);
  await expect(open('other', next)).rejects.toThrow('another key');
  const both = await open('both', `${next},${key}`);
  // The secret, the config and its version, an account, a document and a session.
  expect(await both.rekey()).toBe(6);
  expect(await both.rekey()).toBe(0);
  const other = await open('other', next);
  expect(other.secret.digest('client key', 'k', 12)).toBe(digest);
  expect(await other.storage.bindings.claim('s', 'another', undefined)).toBe('credential');
  const out = path.join(folder, 'out');
  await other.exportFolder(out, true);
  expect(readFileSync(path.join(out, 'config.yaml'), 'utf8')).toBe(readFileSync(config, 'utf8'));
  expect(readFileSync(path.join(out, 'auth/one.json'), 'utf8')).toBe('{"type":"qwen"}');
  expect(JSON.parse(readFileSync(path.join(out, 'labels.json'), 'utf8'))).toEqual({ x: { label: 'phone' } });
  const lines = readFileSync(path.join(out, 'requests.jsonl'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).session_id)).toEqual([null, null]);
});
