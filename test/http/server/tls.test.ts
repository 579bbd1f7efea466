// HTTPS on the port of the server, with a certificate that changes.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get as httpGet } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../src-main/config/tls/local-certificate.ts';
import type { TlsPair } from '../../../src-main/config/tls/tls-pair.ts';
import type { AppEvent } from '../../../src-shared/events.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

let authority: TlsPair;
let first: TlsPair;
let second: TlsPair;
beforeAll(async () => {
  const names = ['127.0.0.1', 'localhost'];
  authority = await makeAuthority(Date.now());
  first = await makeCertificate(authority, names, Date.now());
  second = await makeCertificate(authority, names, Date.now());
});

let app: TestApp;
let events: AppEvent[];
beforeEach(async () => {
  app = await startTestApp({ config: 'api-keys: [k1]\n' });
  events = [];
  app.app.onEvent((event) => events.push(event));
  write('a.crt', first.cert);
  write('a.key', first.key);
});
afterEach(() => app.close());

const write = (name: string, text: string) => writeFileSync(path.join(app.folder, name), text);
const block = 'tls:\n  enable: true\n  cert: a.crt\n  key: " a.key "\n';
const put = (text: string) => app.app.dispatch('config-yaml.put', { text }, { kind: 'window' });
const port = () => Number(new URL(app.app.server.status.address).port);

async function serveTls(): Promise<void> {
  await put(app.readConfig() + block);
  await expect.poll(() => app.app.server.status.address).toMatch(/^https:/);
}

/** Status over HTTPS, by whose certificate the connection is. */
const overTls = (): Promise<string> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port: port(), path: '/healthz', ca: authority.cert, agent: false }, (response) => {
      const { raw } = (response.socket as unknown as { getPeerCertificate(): { raw: Buffer } }).getPeerCertificate();
      response.resume();
      const isFirst = first.cert.includes(raw.toString('base64').slice(0, 60));
      resolve(`${response.statusCode} ${isFirst ? 'first' : 'second'}`);
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

const overPlainHttp = (): Promise<number> =>
  new Promise((resolve) => {
    httpGet({ host: '127.0.0.1', port: port(), path: '/healthz' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', () => resolve(0));
  });

test('switched on while it runs, the port serves HTTPS and nothing else; switched off, HTTP again', async () => {
  const before = app.readConfig();
  expect(await overPlainHttp()).toBe(200);
  await serveTls();
  expect(await overTls()).toBe('200 first');
  expect([0, 400]).toContain(await overPlainHttp());
  await put(before);
  await expect.poll(() => app.app.server.status.address).toMatch(/^http:/);
  expect(await overPlainHttp()).toBe(200);
});

test('a fixed port stays the same when TLS is switched on', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.once('listening', resolve));
  const fixed = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));
  await put(app.readConfig().replace('port: 0', `port: ${fixed}`));
  await expect.poll(port).toBe(fixed);
  await serveTls();
  expect([port(), await overTls()]).toEqual([fixed, '200 first']);
});

test('a renewed pair is used from the next handshake on, and open connections stay', async () => {
  await serveTls();
  const open = connect({ host: '127.0.0.1', port: port(), ca: authority.cert });
  await new Promise((resolve) => open.once('secureConnect', resolve));
  write('a.key', second.key);
  write('a.crt', second.cert);
  await expect.poll(overTls, { timeout: 5_000 }).toBe('200 second');
  open.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  const answer = await new Promise<string>((resolve) => open.once('data', (data) => resolve(String(data))));
  expect(answer).toMatch(/^HTTP\/1.1 200/);
  expect(events.filter(({ event }) => event === 'config-broken')).toEqual([]);
});

test('a bad pair leaves the old one in force, and is told until it is mended', async () => {
  await serveTls();
  write('a.crt', 'no certificate');
  await expect.poll(() => app.app.config.invalid?.message, { timeout: 5_000 }).toMatch(/^tls\.cert: .*certificate/);
  expect(await overTls()).toBe('200 first');
  expect(events.some(({ event }) => event === 'config-broken')).toBe(true);
  expect(app.app.config.current.notices).toMatchObject([{ line: 6, path: 'tls', kind: 'unsafe' }]);
  // The config can be edited meanwhile.
  await app.app.dispatch('debug.set', { value: true }, { kind: 'window' });
  expect(app.app.config.invalid?.message).toMatch(/tls/);
  write('a.crt', first.cert);
  await expect.poll(() => app.app.config.invalid, { timeout: 5_000 }).toBe(undefined);
  expect(app.app.config.current.notices).toEqual([]);
});

test.each<[string, RegExp, () => void]>([
  ['of another key', /line 9, column 8: tls\.key: .*does not belong/, () => write('a.key', second.key)],
  ['that is no PEM', /line 8, column 9: tls\.cert: .*no certificate/, () => write('a.crt', 'x')],
  ['that is gone', /tls\.key: .*a\.key/, () => rmSync(path.join(app.folder, 'a.key'))],
])('a pair %s is an invalid config, and nothing changes', async (_, message, spoil) => {
  const before = app.readConfig();
  spoil();
  await expect(put(before + block)).rejects.toMatchObject({
    code: 'invalid_config',
    message: expect.stringMatching(message),
  });
  expect(app.readConfig()).toBe(before);
  expect(await app.app.dispatch('config-yaml.check', { text: before + block }, { kind: 'window' })).toMatchObject({
    message: expect.stringMatching(/tls/),
  });
  // Saved by another program, it does not come into force.
  writeFileSync(app.configFile, before + block);
  await expect.poll(() => app.app.config.invalid?.message).toMatch(/tls/);
  expect(await overPlainHttp()).toBe(200);
});

test('a blank path is an invalid config', async () => {
  await expect(put(`${app.readConfig()}tls: {enable: true, cert: " "}\n`)).rejects.toThrow(/tls\.enable: .*tls\.cert/);
});

test('this program makes a certificate for its computer, which whoever trusts its authority accepts', async () => {
  const create = (names: string[]) =>
    app.app.dispatch('local-certificate.create', { names, enable: true }, { kind: 'window' });
  expect(await app.app.dispatch('local-certificate.get', undefined, { kind: 'window' })).toEqual({ certificate: null });
  const { certificate } = await create(['proxy.example']);
  expect(certificate.names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', 'proxy.example']));
  expect(statSync(certificate.key).mode & 0o077).toBe(0);
  await expect.poll(() => app.app.server.status.address).toMatch(/^https:/);
  const status = await new Promise((resolve, reject) => {
    const request = { host: '127.0.0.1', port: port(), path: '/healthz', ca: certificate.authority };
    get(request, (response) => resolve(response.statusCode)).on('error', reject);
  });
  expect(status).toBe(200);
  // Another one comes from the same authority, so that nobody has to trust a new one.
  expect((await create([])).certificate.authority).toBe(certificate.authority);
  expect(readFileSync(certificate.cert, 'utf8')).toContain(certificate.authority);
  await expect(create(['a b'])).rejects.toMatchObject({ code: 'invalid_value' });
});
