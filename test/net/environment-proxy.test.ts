// Proxies that the environment names: which one for which address, and when it is used at all.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { environmentProxy } from '../../src-main/net/environment-proxy.ts';

test.each<[Record<string, string>, string, string]>([
  [{}, 'https://api.example.com/v1', ''],
  [{ HTTPS_PROXY: 'http://p:1' }, 'https://api.example.com/v1', 'http://p:1'],
  [{ HTTPS_PROXY: 'http://p:1' }, 'http://api.example.com/v1', ''],
  [{ HTTP_PROXY: 'http://p:1' }, 'http://api.example.com/v1', 'http://p:1'],
  [{ http_proxy: 'p:1' }, 'http://api.example.com/v1', 'http://p:1'],
  [{ ALL_PROXY: 'socks5://p:1' }, 'https://api.example.com/v1', 'socks5://p:1'],
  [{ ALL_PROXY: 'socks5://p:1', https_proxy: 'http://q:2' }, 'https://api.example.com/v1', 'http://q:2'],
  [{ ALL_PROXY: 'http://p:1' }, 'http://127.0.0.1:11434/v1', ''],
  [{ ALL_PROXY: 'http://p:1' }, 'http://localhost:11434/v1', ''],
  [{ ALL_PROXY: 'http://p:1' }, 'http://[::1]:11434/v1', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '*' }, 'https://api.example.com', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'other.com, example.com' }, 'https://api.example.com', ''],
  [{ ALL_PROXY: 'http://p:1', no_proxy: 'EXAMPLE.com' }, 'https://api.example.com', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'ample.com' }, 'https://api.example.com', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '.example.com' }, 'https://example.com', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '*.example.com' }, 'https://a.example.com', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'example.com:443' }, 'https://example.com', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'example.com:8443' }, 'https://example.com', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://10.1.2.3', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://11.1.2.3', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/99' }, 'http://10.1.2.3', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '10.1.2.3' }, 'http://10.1.2.3', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: '[fd00::1]:80,fd00::2' }, 'http://[fd00::1]/', ''],
  [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8' }, 'http://[fd00::9]/', ''],
])('%j sends %s through "%s"', (environment, url, proxy) => {
  expect(environmentProxy(new URL(url), environment)).toBe(proxy);
});

/** A proxy that answers in the place of every origin, and dispatchers in an environment that names it. */
async function world(usesEnvironment: boolean) {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.end('through the proxy');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const environment = { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const dispatchers = new Dispatchers({ environment, usesEnvironment: () => usesEnvironment });
  onTestFinished(async () => {
    await dispatchers.close();
    proxy.close();
  });
  const ask = async (proxyUrl: string) => {
    const { body } = await dispatchers.for(proxyUrl).request(new URL('http://model.invalid/x'), { method: 'GET' });
    return body.text();
  };
  return { seen, dispatchers, ask };
}

test('use-env-proxy sends requests through the proxy of the environment, unless proxy-url is direct', async () => {
  const { seen, ask } = await world(true);
  expect(await ask('')).toBe('through the proxy');
  expect(seen).toHaveLength(1);
  await expect(ask('direct')).rejects.toThrow();
  await expect(ask('None')).rejects.toThrow();
  expect(seen).toHaveLength(1);
});

test('without use-env-proxy it is not used, and a failure can say that there is one', async () => {
  const { seen, ask, dispatchers } = await world(false);
  await expect(ask('')).rejects.toThrow();
  expect(seen).toEqual([]);
  expect(dispatchers.for('').note).toContain('use-env-proxy');
  expect(dispatchers.for('direct').note).toBe('');
});
