import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handedIn } from '../../src-main/login/callback-input.ts';

const both = { code: 'C', state: 'S', error: '', description: '' };

describe('what people paste', () => {
  test.each([
    'http://localhost:1455/auth/callback?code=C&state=S',
    'http://127.0.0.1:1455/auth/callback?state=S&code=C&scope=x',
    'localhost:1455/auth/callback?code=C&state=S',
    '?code=C&state=S',
    'code=C&state=S',
    '  code=C&state=S\n',
    'C#S',
    'http://localhost:54545/callback?code=C#S',
    'http://localhost:54545/callback?code=C%23S',
    'http://localhost:8085/oauth2callback?code=C&state=S#',
    '"http://localhost:1455/auth/callback?code=C&state=S"',
    "'?code=C&state=S'",
    '<http://localhost:1455/auth/callback?code=C&state=S>',
    '“http://localhost:1455/auth/callback?code=C&state=S”',
    'http://localhost:1455/auth/callback?code=C&amp;state=S',
    'http://localhost:1455/auth/call\n   back?code=C&sta\r\nte=S',
    '"C#S"',
  ])('%j holds code and state', (redirectUrl) => {
    expect(handedIn({ redirectUrl })).toEqual(both);
  });

  test('a denial is understood', () => {
    expect(handedIn({ redirectUrl: 'http://localhost/?error=access_denied&error_description=No&state=S' })).toEqual({
      code: '',
      state: 'S',
      error: 'access_denied',
      description: 'No',
    });
  });

  test('an address without a response holds nothing', () => {
    expect(handedIn({ redirectUrl: 'https://claude.ai/oauth/authorize' }).code).toBe('');
    expect(handedIn({})).toEqual({ code: '', state: '', error: '', description: '' });
  });

  test('fields that are given themselves win', () => {
    expect(handedIn({ redirectUrl: '?code=x&state=y', code: 'C', state: 'S' })).toEqual(both);
  });

  test('any code survives the address bar', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((code) => code.trim() === code && !code.includes('#')),
        (code) => {
          const query = new URLSearchParams({ code, state: 'S' });
          expect(handedIn({ redirectUrl: `http://localhost:1455/auth/callback?${query}` }).code).toBe(
            new URLSearchParams(query.toString()).get('code'),
          );
        },
      ),
    );
  });

  test('nothing makes it throw', () => {
    fc.assert(fc.property(fc.string(), (redirectUrl) => void handedIn({ redirectUrl })));
  });
});
