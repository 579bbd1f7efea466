// What is told of two versions of the config: in values and names, never in secrets.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../src-main/config/config-changes.ts';

const told = (before: string, after: string) =>
  changesBetween(before, after).changes.map(({ path, kind, item, before, after }) =>
    [kind, path, item, before, after].filter((part) => part !== '').join(' '),
  );

describe('changes between two versions', () => {
  test('are settings with their values', () => {
    expect(told('request-retry: 2\ndebug: false\n', 'request-retry: 3\nport: 8317\n')).toEqual([
      'changed request-retry 2 3',
      'removed debug false',
      'added port 8317',
    ]);
    expect(told('routing:\n  strategy: round-robin\n', 'routing:\n  strategy: fill-first\n')).toEqual([
      'changed routing.strategy round-robin fill-first',
    ]);
  });

  test('are providers by their names', () => {
    const provider = (name: string, url: string) => `  - name: ${name}\n    base-url: https://${url}\n`;
    const list = 'openai-compatibility:\n';
    expect(
      told(`${list}${provider('a', 'a')}${provider('b', 'b')}`, `${list}${provider('a', 'x')}${provider('c', 'c')}`),
    ).toEqual(['changed openai-compatibility a', 'added openai-compatibility c', 'removed openai-compatibility b']);
    const both = [provider('a', 'a'), provider('b', 'b')];
    expect(told(list + both.join(''), list + both.toReversed().join(''))).toEqual(['moved openai-compatibility']);
  });

  test('are counted when there are many, with their lines', () => {
    const settings = (value: number) => Array.from({ length: 9 }, (_, at) => `s${at}: ${value}\n`).join('');
    expect(changesBetween(settings(1), settings(2))).toMatchObject({ total: 9, added: 9, removed: 9 });
    expect(changesBetween(settings(1), settings(2)).changes).toHaveLength(4);
  });

  test('of comments alone are lines without changes', () => {
    expect(changesBetween('a: 1\n', '# why\na: 1\n')).toEqual({ changes: [], total: 0, added: 1, removed: 0 });
  });

  test('hold no key, hash or password', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,30}$/), (secret) => {
        const after = [
          `api-keys: [${secret}]`,
          `remote-management:\n  secret-key: ${secret}`,
          `proxy-url: socks5://user:${secret}@127.0.0.1:1080`,
        ];
        for (const text of after)
          expect(JSON.stringify(changesBetween('debug: true\n', `${text}\n`))).not.toContain(secret);
        const entry = `gemini-api-key:\n  - api-key: ${secret}\n    headers: {X-Auth: ${secret}}\n`;
        expect(JSON.stringify(changesBetween('', entry))).not.toContain(secret);
      }),
    );
  });
});
