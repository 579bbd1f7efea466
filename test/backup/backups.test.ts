// Everything in one encrypted file, looked at before it is restored, on the same or another machine.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { armor, Decrypter } from 'age-encryption';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const passphrase = 'a long passphrase';
let first: TestApp;
let second: TestApp;

beforeEach(async () => {
  first = await startTestApp({
    config: '# mine\napi-keys: [sk-laptop]\nrequest-retry: 7\n',
    accounts: { 'one.json': '{"type":"claude","email":"a@example.com","access_token":"secret-token"}' },
  });
  second = await startTestApp({ accounts: { 'other.json': '{"type":"claude"}' } });
  await first.call('PUT', '/client-keys/label', { key: 'sk-laptop', label: 'Laptop' });
});
afterEach(async () => {
  await first.close();
  await second.close();
});

const create = async () => (await first.call('POST', '/backup', { passphrase })).text();
async function restore(content: string, more: Readonly<Record<string, unknown>> = {}) {
  const response = await second.call('POST', '/backup/restore', { content, passphrase, ...more });
  return { status: response.status, body: await response.json() };
}

test('it is a file of age that holds nothing in clear', async () => {
  const content = await create();
  expect(content).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
  expect(content).not.toContain('secret-token');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  expect(await decrypter.decrypt(armor.decode(content), 'text')).toContain('secret-token');
});

test('a preview says what would change, and changes nothing', async () => {
  const before = second.readConfig();
  const { status, body } = await restore(await create());
  expect(status).toBe(200);
  expect(body).toMatchObject({ restored: false });
  expect(body.items).toEqual([
    { part: 'config', name: 'config.yaml', change: 'changed' },
    { part: 'accounts', name: 'one.json', change: 'new' },
    { part: 'labels', name: 'Laptop', change: 'new' },
    { part: 'usage', name: 'usage', change: 'changed' },
  ]);
  expect(second.readConfig()).toBe(before);
  expect(existsSync(path.join(second.authDir, 'one.json'))).toBe(false);
});

test('restored on another machine it keeps that machine’s folder of accounts, and its other accounts', async () => {
  expect((await restore(await create(), { preview: false })).body.restored).toBe(true);
  expect(readFileSync(path.join(second.authDir, 'one.json'), 'utf8')).toContain('secret-token');
  expect(existsSync(path.join(second.authDir, 'other.json'))).toBe(true);
  expect(second.readConfig()).toContain('# mine\napi-keys: [sk-laptop]\nrequest-retry: 7\n');
  expect(second.readConfig()).toContain(second.authDir);
  const { keys } = (await (await second.call('GET', '/client-keys')).json()) as { readonly keys: readonly unknown[] };
  expect(keys).toMatchObject([{ key: 'sk-laptop', label: 'Laptop' }]);
});

test('only the parts that are asked for are restored', async () => {
  const before = second.readConfig();
  await restore(await create(), { preview: false, parts: ['accounts'] });
  expect(existsSync(path.join(second.authDir, 'one.json'))).toBe(true);
  expect(second.readConfig()).toBe(before);
});

test('a wrong passphrase, a damaged file and any other text are refused in words', async () => {
  const content = await create();
  const damaged = `${content.slice(0, -101)}-${content.slice(-100)}`;
  for (const wrong of [damaged, content.slice(0, 300), 'hello', ''])
    expect(await restore(wrong)).toMatchObject({ status: 422, body: { error: 'backup_unreadable' } });
  const other = await restore(content, { passphrase: 'another one' });
  expect(other).toMatchObject({ status: 422, body: { error: 'wrong_passphrase' } });
  expect((await restore(content, { passphrase: 'short' })).status).toBe(400);
});
