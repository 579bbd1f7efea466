import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeInArguments, routeOfLink } from '../../../src-main/electron/lifecycle/deep-links.ts';
import { isDocumentationUrl, isSafeExternalUrl } from '../../../src-main/electron/window/external-links.ts';

test.each([
  ['cliproxy://home', 'home'],
  ['cliproxy://login/codex', 'accounts/login/codex'],
  ['cliproxy://add-key', 'providers'],
  ['cliproxy://add-key?provider=claude', 'providers/claude/add?name=&base-url='],
  [
    'cliproxy://add-key?name=Relay%20A&base-url=https://relay.example.com/v1',
    'providers/openai/add?name=Relay+A&base-url=https%3A%2F%2Frelay.example.com%2Fv1',
  ],
  // A key in a link is left out: the person types it.
  ['cliproxy://add-key?provider=gemini&api-key=AIza-1', 'providers/gemini/add?name=&base-url='],
  ['cliproxy://settings/proxy-url', 'settings/proxy-url'],
  ['cliproxy://logs/', 'logs'],
])('%s opens %s', (link, place) => {
  expect(routeOfLink(link)).toBe(place);
});

test.each([
  'cliproxy://login/nobody',
  'cliproxy://login/codex/now',
  'cliproxy://quit',
  'cliproxy://add-key?provider=nobody',
  'cliproxy://add-key?base-url=javascript:alert(1)',
  'cliproxy://add-key?base-url=https://user:password@relay.example.com',
  'cliproxy://add-key?base-url=https://relay.example.com/%3Fkey%3Dsecret',
  'cliproxy://add-key?name=%0aevil',
  'cliproxy://settings/..%2f..',
  'cliproxy:',
  'https://home',
  'home',
  '',
])('%s opens nothing', (link) => {
  expect(routeOfLink(link)).toBeUndefined();
});

test('whatever a link says, it opens one of our places or nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w%.:/-]{0,30}$/), (path) => {
      const place = routeOfLink(`cliproxy://${path}`);
      expect(place === undefined || /^[a-z]+(\/[\w-]+){0,2}$/.test(place)).toBe(true);
    }),
  );
});

test('the first link among the arguments counts', () => {
  expect(routeInArguments(['/bin/app', '--hidden', 'cliproxy://keys', 'cliproxy://logs'])).toBe('keys');
  expect(routeInArguments(['/bin/app'])).toBeUndefined();
});

test('only https is opened, without user names, and of documentation only known sites', () => {
  expect(isSafeExternalUrl('https://auth.openai.com/oauth/authorize?a=b')).toBe(true);
  for (const address of [
    'http://a.com',
    'file:///etc/passwd',
    'javascript:1',
    'https://user@a.com',
    'https://:p@a.com',
    '',
  ]) {
    expect(isSafeExternalUrl(address)).toBe(false);
  }
  expect(isDocumentationUrl('https://docs.anthropic.com/en/api')).toBe(true);
  expect(isDocumentationUrl('https://docs.anthropic.com.evil.example/')).toBe(false);
  expect(isDocumentationUrl('https://docs.anthropic.com:8443/')).toBe(false);
});
