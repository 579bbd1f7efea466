import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readProxyUrl } from '../../src-main/lib/proxy-url.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { Problem } from '../../src-shared/problem.ts';

let dispatchers: Dispatchers;
let closing: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  dispatchers = new Dispatchers();
});
afterEach(async () => {
  await dispatchers.close();
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

async function listening(server: { listen: Server['listen']; close: Server['close']; address: Server['address'] }) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

const origin = () => listening(createServer((_request, response) => response.end('reached')));

/** A proxy for CONNECT and plain requests that wants `user:p@ss`. */
async function httpProxy(seen: string[]) {
  const wanted = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
  const server = createServer((incoming, response) => {
    if (incoming.headers['proxy-authorization'] !== wanted) {
      response.writeHead(407).end();
      return;
    }
    seen.push(incoming.url ?? '');
    response.end('through the proxy');
  });
  return listening(server);
}

/** RFC 1928 and 1929, just enough: user and password, CONNECT by name or address. */
async function socksProxy(seen: string[]) {
  const server = createTcpServer((client) => {
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(Buffer.from([5, 2]));
      client.once('data', (credentials: Buffer) => {
        const userLength = credentials[1] as number;
        const user = credentials.subarray(2, 2 + userLength).toString();
        const password = credentials.subarray(3 + userLength).toString();
        const good = user === 'user' && password === 'p@ss';
        client.write(Buffer.from([1, good ? 0 : 1]));
        if (good) client.once('data', (wanted: Buffer) => tunnel(client, wanted, seen));
        else client.end();
      });
    });
  });
  return listening(server as unknown as Server);
}

function tunnel(client: Socket, wanted: Buffer, seen: string[]) {
  const port = wanted.readUInt16BE(wanted.length - 2);
  const byName = wanted[3] === 3;
  seen.push(byName ? wanted.subarray(5, wanted.length - 2).toString() : [...wanted.subarray(4, 8)].join('.'));
  const target = connect(port, '127.0.0.1', () => {
    client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    client.pipe(target).pipe(client);
  });
  target.on('error', () => client.destroy());
}

async function text(url: string, proxyUrl: string) {
  const answer = await dispatchers.for(proxyUrl).request(new URL(url), { method: 'GET' });
  return answer.body.text();
}

describe('where requests go', () => {
  test('without a proxy they go straight to the origin', async () => {
    const port = await origin();
    expect(await text(`http://127.0.0.1:${port}/`, '')).toBe('reached');
    expect(await text(`http://127.0.0.1:${port}/`, 'direct')).toBe('reached');
    for (const word of ['direct', 'Direct', 'none', ' NONE ']) expect(dispatchers.for(word)).toBe(dispatchers.for(''));
  });

  test('an http proxy gets user and password, decoded', async () => {
    const seen: string[] = [];
    const port = await httpProxy(seen);
    expect(await text('http://provider.example/a', `http://user:p%40ss@127.0.0.1:${port}`)).toBe('through the proxy');
    expect(seen).toEqual(['http://provider.example/a']);
  });

  test.each(['p@ss', 'p#ss?', '1: /ss', 'p%20s', 'ü€"\'<>'])(
    'a proxy password %j may be written as it is',
    (password) => {
      const { url } = readProxyUrl(`http://user:${password}@127.0.0.1:3128`);
      expect(url?.host).toBe('127.0.0.1:3128');
      expect(decodeURIComponent(url?.password ?? '')).toBe(decodeURIComponent(password));
    },
  );

  test.each(['socks5', 'socks5h'])(
    'a %s proxy gets user and password and resolves the host name itself',
    async (scheme) => {
      const seen: string[] = [];
      const [target, port] = [await origin(), await socksProxy(seen)];
      expect(await text(`http://provider.example:${target}/`, `${scheme}://user:p%40ss@127.0.0.1:${port}`)).toBe(
        'reached',
      );
      expect(seen).toEqual(['provider.example']);
    },
  );

  test('a wrong password fails instead of going around the proxy', async () => {
    const port = await socksProxy([]);
    const target = await origin();
    await expect(text(`http://127.0.0.1:${target}/`, `socks5://user:wrong@127.0.0.1:${port}`)).rejects.toThrow();
  });
});

describe('what a proxy address may be', () => {
  test.each([
    'ftp://host',
    'socks4://host:1',
    'host:3128',
    '127.0.0.1:3128',
    'http://',
    'not a url',
    'http://u:%zz@host',
  ])('%s is refused', (address) => {
    expect(() => dispatchers.for(address)).toThrow(Problem);
  });

  test('the error does not repeat the password', () => {
    try {
      dispatchers.for('ftp://me:hunter2@host');
      expect.unreachable();
    } catch (error) {
      expect((error as Problem).code).toBe('invalid_value');
      expect((error as Problem).message).not.toContain('hunter2');
    }
  });

  test('one dispatcher serves one address', () => {
    expect(dispatchers.for('http://127.0.0.1:3128')).toBe(dispatchers.for(' http://127.0.0.1:3128 '));
    expect(dispatchers.for('http://127.0.0.1:3128')).not.toBe(dispatchers.for('http://127.0.0.1:3129'));
  });
});

test('an upstream that refuses the connection is an error of the request', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const refused = dispatchers.for('').request(new URL(`http://127.0.0.1:${port}`), { method: 'GET' });
  await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
