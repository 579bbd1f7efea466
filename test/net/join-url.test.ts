import { expect, test } from 'vitest';
import { joinUrl } from '../../src-main/net/join-url.ts';

test.each([
  ['https://h/v1', '/chat/completions', 'https://h/v1/chat/completions'],
  ['https://h', '/v1/messages', 'https://h/v1/messages'],
  ['https://h/v1?api-version=2024', '/chat/completions', 'https://h/v1/chat/completions?api-version=2024'],
  ['https://h/v1/?a=1', '/v1beta/models?pageSize=5', 'https://h/v1/models?a=1&pageSize=5'],
  ['https://h/v1', '/v1/messages/count_tokens', 'https://h/v1/messages/count_tokens'],
  ['https://h/api/v1/messages', '/v1/messages', 'https://h/api/v1/messages'],
  ['https://h/v1beta', '/v1beta/models/a%2Fb:generateContent', 'https://h/v1beta/models/a%2Fb:generateContent'],
  ['https://h/v1/chat/completions', '/chat/completions', 'https://h/v1/chat/completions'],
  ['https://h/api/anthropic', '/v1/messages', 'https://h/api/anthropic/v1/messages'],
  ['https://h/api/paas/v4', '/chat/completions', 'https://h/api/paas/v4/chat/completions'],
])('%s and %s are %s', (base, path, url) => {
  expect(joinUrl(base, path).href).toBe(url);
});

test('a base that is no address is an error', () => {
  expect(() => joinUrl('h', '/v1')).toThrow();
});
