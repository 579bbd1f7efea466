import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress } from '../../../src-main/http/auth/client-address.ts';

const from = (remoteAddress: string | undefined, headers: Readonly<Record<string, string>> = {}) =>
  clientAddress({ headers, socket: { remoteAddress } });

describe('without forwarding headers the peer decides', () => {
  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.10', '0:0:0:0:0:0:0:1'])('%s is local', (peer) => {
    expect(from(peer).local).toBe(true);
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is remote', (peer, address) => {
    expect(from(peer)).toEqual({ address, local: false });
  });
});

describe('from a proxy on this machine', () => {
  test.each([
    [{ 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 127.0.0.1' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '203.0.113.9:4711' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '[2001:db8::9]:4711' }, '2001:db8::9'],
    [{ 'x-forwarded-for': '::ffff:203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': 'garbage, 203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '203.0.113.9, garbage' }, 'unknown'],
    [{ 'x-forwarded-for': 'unknown' }, 'unknown'],
    [{ 'x-forwarded-for': 'localhost' }, 'unknown'],
    [{ 'x-forwarded-for': '127.0.0.1%lo' }, 'unknown'],
    [{ 'x-forwarded-for': 'garbage', 'x-real-ip': '203.0.113.9' }, '203.0.113.9'],
    [{ 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '203.0.113.9' }, '203.0.113.9'],
    [{ 'x-real-ip': '203.0.113.9' }, '203.0.113.9'],
    [
      { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '::ffff:203.0.113.9', forwarded: 'for=203.0.113.9' },
      '203.0.113.9',
    ],
    [{ 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '203.0.113.9' }, 'unknown'],
    [{ 'x-real-ip': '198.51.100.1', forwarded: 'for=203.0.113.9' }, 'unknown'],
    [{ 'x-real-ip': 'unknown' }, 'unknown'],
    [{ forwarded: 'for=203.0.113.9' }, '203.0.113.9'],
    [{ forwarded: 'proto=https;For="[2001:db8::9]:47011";by=127.0.0.1' }, '2001:db8::9'],
    [{ forwarded: 'for=198.51.100.1, for=203.0.113.9;proto=http, for=127.0.0.1' }, '203.0.113.9'],
    [{ forwarded: 'for=unknown' }, 'unknown'],
    [{ forwarded: 'for=_hidden' }, 'unknown'],
    [{ forwarded: 'for="127.0.0.1' }, 'unknown'],
    [{ forwarded: 'for="127.0.0.1\\"' }, 'unknown'],
    [{ forwarded: 'nonsense' }, 'unknown'],
    [{ forwarded: 'for=' }, 'unknown'],
  ])('%j is remote', (headers, address) => {
    expect(from('127.0.0.1', headers as Record<string, string>)).toEqual({ address, local: false });
  });

  test.each([
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '::1' },
    { 'x-forwarded-for': '::ffff:127.0.0.1' },
    { 'x-forwarded-for': '' },
    { 'x-forwarded-for': ' , ' },
    { 'x-forwarded-for': '127.0.0.1, 127.0.0.2', 'x-real-ip': '::1', forwarded: 'for="[::1]:80"' },
    { forwarded: 'proto=https;host=example.com' },
  ])('%j is local', (headers) => {
    expect(from('::1', headers as unknown as Record<string, string>)).toEqual({ address: '::1', local: true });
  });
});

test('no header makes a remote peer anything else', () => {
  fc.assert(
    fc.property(
      fc.ipV4().filter((address) => !address.startsWith('127.')),
      fc.constantFrom('x-forwarded-for', 'x-real-ip', 'forwarded'),
      fc.oneof(fc.constantFrom('127.0.0.1', '::1', 'for=127.0.0.1'), fc.string()),
      (peer, name, value) => {
        expect(from(peer, { [name]: value })).toEqual({ address: peer, local: false });
      },
    ),
  );
});

test('only addresses of this machine leave a client local', () => {
  fc.assert(
    fc.property(fc.constantFrom('x-forwarded-for', 'x-real-ip'), fc.string(), (name, value) => {
      const names = value.split(',').filter((part) => part.trim() !== '');
      expect(from('127.0.0.1', { [name]: value }).local).toBe(
        names.every((part) => /^(127(\.\d+){3}|::1)$/.test(part.trim())),
      );
    }),
  );
});
