import { createServer, get as httpGet } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import os from 'node:os';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import { CallbackPorts } from '../../src-main/login/callback-ports.ts';
import { resultPage } from '../../src-main/login/result-page.ts';

const log = createLogger(() => {}, 'callback-ports.test.ts');
const hasIpv6 = Object.values(os.networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));
let ports: CallbackPorts;
let visited: string[];
const handle = async (url: URL) => {
  visited.push(url.search);
  return resultPage('done', 'en');
};

beforeEach(() => {
  ports = new CallbackPorts(log);
  visited = [];
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isOpen(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function get(port: number, path: string, options: { host?: string; method?: string; header?: string } = {}) {
  const { host = '127.0.0.1', method = 'GET', header = `localhost:${port}` } = options;
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const request = httpGet({ host, port, path, method, headers: { host: header }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
  });
}

describe('while a login waits', () => {
  test('both addresses that localhost can mean are served, and no other', async () => {
    const port = await freePort();
    onTestFinished(await ports.hold(port, '/callback', handle));
    expect((await get(port, '/callback?code=1')).status).toBe(200);
    if (hasIpv6) expect((await get(port, '/callback?code=2', { host: '::1' })).status).toBe(200);
    expect(visited[0]).toBe('?code=1');
    const others = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await isOpen(port, address)).toBe(false);
    }
  });

  test('another path, another method and a foreign host are rejected', async () => {
    const port = await freePort();
    onTestFinished(await ports.hold(port, '/callback', handle));
    expect((await get(port, '/other')).status).toBe(404);
    expect((await get(port, '/callback', { method: 'POST' })).status).toBe(405);
    expect((await get(port, '/callback', { header: `rebound.example:${port}` })).status).toBe(400);
    expect((await get(port, '//[')).status).toBe(404);
    expect(visited).toEqual([]);
  });

  test('the page has headers that let it do nothing', async () => {
    const port = await freePort();
    onTestFinished(await ports.hold(port, '/callback', handle));
    const { headers } = await get(port, '/callback');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
  });

  test('logins that share the port keep it open until the last has gone', async () => {
    const port = await freePort();
    const [first, second] = await Promise.all([
      ports.hold(port, '/callback', handle),
      ports.hold(port, '/callback', handle),
    ]);
    first();
    first();
    expect(await isOpen(port)).toBe(true);
    second();
    await expect.poll(() => isOpen(port)).toBe(false);
    const third = await ports.hold(port, '/callback', handle);
    expect(await isOpen(port)).toBe(true);
    third();
    await expect.poll(() => isOpen(port)).toBe(false);
  });
});

describe('a port that is taken', () => {
  test.each(hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'])('on %s: says who has it and how to go on', async (host) => {
    const port = await freePort();
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(port, host, resolve));
    onTestFinished(() => void busy.close());
    const failure = await ports.hold(port, '/callback', handle).catch((error) => error);
    expect(failure).toMatchObject({ code: 'login_failed', status: 500 });
    expect(failure.message).toContain(`Port ${port}`);
    expect(failure.message).toContain('paste the address');
    if (process.platform === 'linux') expect(failure.message).toContain(`(process ${process.pid})`);
    expect(failure.message.length).toBeLessThanOrEqual(300);
    // The half that could be opened is closed again.
    if (host === '::1') await expect.poll(() => isOpen(port)).toBe(false);
    await new Promise((resolve) => busy.close(resolve));
    (await ports.hold(port, '/callback', handle))();
  });
});
