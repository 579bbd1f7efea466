import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMasked, mask, maskUrlUserInfo } from '../../src-main/lib/mask.ts';
import { maskTarget, requestLevel, requestLine } from '../../src-main/logs/request-line.ts';
import { cpuMs } from '../support/cpu-time.ts';

const request = {
  at: new Date(2026, 0, 31, 9, 5, 0).getTime(),
  status: 200,
  latency: 12.7,
  client: '127.0.0.1',
  method: 'GET',
  target: '/v1/models?a=1',
};

test('a request reads in the documented columns', () => {
  expect(requestLine(request)).toBe(
    '[GIN] 2026/01/31 - 09:05:00 | 200 |          12ms |       127.0.0.1 | GET     "/v1/models?a=1"',
  );
});

test('a long address is cut, after its secrets are masked', () => {
  const line = requestLine({
    ...request,
    target: `/${'a'.repeat(2_040)}?key=sk-1234567890abcdef&b=${'c'.repeat(30_000)}`,
  });
  expect(line.length).toBeLessThan(2_200);
  expect(line).toMatch(/a{2040}\?key=[sk.-]{0,3}…"$/);
});

test.each([
  [0.4, '0s'],
  [999, '999ms'],
  [1_500, '1.5s'],
  [2_000, '2s'],
  [65_400, '1m5s'],
  [3_600_000, '1h0m0s'],
])('%d ms read as %s', (latency, text) => {
  expect(requestLine({ ...request, latency })).toContain(`| ${text.padStart(13)} |`);
});

test('the level follows the status', () => {
  expect([200, 302, 399, 400, 404, 499, 500, 503].map(requestLevel)).toEqual([
    'info',
    'info',
    'info',
    'warning',
    'warning',
    'warning',
    'error',
    'error',
  ]);
});

test.each([
  ['/a', '/a'],
  ['/a?', '/a?'],
  ['/a?key=123456789&b=c+d', '/a?key=1234...6789&b=c+d'],
  ['/a?Key=12345', '/a?Key=12...45'],
  ['/a?keyed=12345', '/a?keyed=12345'],
  ['/a?api-key=123&x-api_key=123&APIKEY=123', '/a?api-key=1...3&x-api_key=1...3&APIKEY=1...3'],
  ['/a?auth_token=123&client%5Fsecret=123', '/a?auth_token=1...3&client%5Fsecret=1...3'],
  ['/v0/management/api-keys?value=sk-123456', '/v0/management/api-keys?value=sk-1...3456'],
  ['/codex/callback?code=abc&state=0123&scope=x', '/codex/callback?code=***&state=***&scope=x'],
  ['/a?proxy_url=http%3A%2F%2Fme%3Apass%40host%2Fx', '/a?proxy_url=http://***@host/x'],
  ['/a?key=%26%26%26%26%26', '/a?key=%26%26...%26%26'],
  ['/a?key=%zz', '/a?key=%25...z'],
  ['/a?b="c"', '/a?b=%22c%22'],
  ['/a?token', '/a?token'],
])('%s is written as %s', (target, written) => {
  expect(maskTarget(target)).toBe(written);
});

test.each([
  ['', ''],
  ['ab', 'ab'],
  ['abc', 'a...c'],
  ['abcd', 'a...d'],
  ['abcde', 'ab...de'],
  ['abcdefgh', 'ab...gh'],
  ['abcdefghi', 'abcd...fghi'],
  ['éé', '\ufffd...\ufffd'],
])('%j is masked as %j', (value, masked) => {
  expect(mask(value)).toBe(masked);
});

test('what is masked is known to be', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (value) => isMasked(mask(value))));
});

test.each([
  ['http://a:b@c/d', 'http://***@c/d'],
  ['http://a@c http://d:e@f?g', 'http://***@c http://***@f?g'],
  ['socks5://u:p@ss@host:1', 'socks5://***@host:1'],
  ['http://host/a@b', 'http://host/a@b'],
  ['mail a@b.com, see http://c', 'mail a@b.com, see http://c'],
])('user info in %j is masked', (text, masked) => {
  expect(maskUrlUserInfo(text)).toBe(masked);
});

test('masking long hostile text takes no time', async () => {
  const text = `@${'a://'.repeat(50_000)}${'a'.repeat(200_000)}`;
  expect(await cpuMs(() => maskUrlUserInfo(text))).toBeLessThan(500);
});
