// Keys and headers that HTTP cannot carry: refused when they are written, told when they stand in the file.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { unsendableIn } from '../../../src-main/config/entries/header-values.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp | undefined;
afterEach(() => app?.close());

const start = async (config = '') => {
  app = await startTestApp({ config });
  return app;
};

test('what a header of Node and fetch takes is exactly what is taken here', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const taken = (() => {
        try {
          new Headers({ 'x-key': text.trim() });
          return true;
        } catch {
          return false;
        }
      })();
      // Only line breaks and NUL are refused by fetch; what Node then refuses to send are the other control characters.
      const isControl = [...text.trim()].some((char) => (char < ' ' && char !== '\t') || char === '\u007f');
      expect(unsendableIn({ 'api-key': text }, []).length === 0).toBe(taken && !isControl);
    }),
  );
});

describe('a write', () => {
  test.each([
    [
      'PUT',
      '/claude-api-key',
      [{ 'api-key': 'a' }, { 'api-key': 'b\nc' }],
      'claude-api-key[1].api-key: contains a line break',
    ],
    ['PUT', '/gemini-api-key', [{ 'api-key': 'a\u2026z' }], 'gemini-api-key[0].api-key: contains the character U+2026'],
    [
      'PATCH',
      '/claude-api-key',
      { index: 0, value: { headers: { 'X-Team': 'a\r\nB: c' } } },
      'claude-api-key[0].headers.X-Team',
    ],
    [
      'PATCH',
      '/claude-api-key',
      { index: 0, value: { headers: { 'X Team': 'a' } } },
      'claude-api-key[0].headers: "X Team" is no name',
    ],
    [
      'PUT',
      '/generative-language-api-key',
      ['a\u0000b'],
      'generative-language-api-key[0]: contains the character U+0000',
    ],
    ['PUT', '/codex-api-key', [{ 'api-key': 'k', 'base-url': 'http://u\r\nx' }], 'codex-api-key[0].base-url: contains'],
    [
      'PUT',
      '/codex-api-key',
      [{ 'api-key': 'k', 'base-url': 'http://u', 'proxy-url': 'http://a\nb' }],
      'codex-api-key[0].proxy-url: contains',
    ],
    [
      'PUT',
      '/openai-compatibility',
      [{ name: 'p', 'base-url': 'u', 'api-key-entries': [{ 'api-key': 'k', 'proxy-url': 'http://a\rb' }] }],
      'openai-compatibility[0].api-key-entries[0].proxy-url: contains',
    ],
    ['PUT', '/api-keys', ['k', 'a\nb'], 'api-keys[1]: contains a line break'],
    ['PATCH', '/api-keys', { old: 'none', new: 'a\rb' }, 'api-keys[1]: contains a line break'],
    [
      'PUT',
      '/openai-compatibility',
      [{ name: 'p', 'base-url': 'u', 'api-key-entries': [{ 'api-key': 'k' }, { 'api-key': 'a\nb' }] }],
      'openai-compatibility[0].api-key-entries[1].api-key',
    ],
  ])('%s %s %j is refused with the entry', async (method, target, body, sentence) => {
    const { call, readConfig } = await start('claude-api-key: [{api-key: c}]\napi-keys: [k]\n');
    const before = readConfig();
    const answer = await call(method, target, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-problem-code')).toBe('invalid_value');
    expect(((await answer.json()) as { error: string }).error).toContain(sentence);
    expect(readConfig()).toBe(before);
  });

  test('takes every key that can be sent', async () => {
    const { call } = await start();
    expect((await call('PUT', '/api-keys', ['ключ', 'schlüssel', 'a b'])).status).toBe(200);
    const entry = { 'api-key': ' schlüssel\n', headers: { 'X-Team': 'a\tb' } };
    expect((await call('PUT', '/claude-api-key', [entry])).status).toBe(200);
  });

  test('of other entries goes on beside one that stands in the file', async () => {
    const { call } = await start('claude-api-key: [{api-key: "a\\nb"}, {api-key: c}]\n');
    expect((await call('PATCH', '/claude-api-key', { index: 1, value: { disabled: true } })).status).toBe(200);
    expect((await call('DELETE', '/claude-api-key?index=0')).status).toBe(200);
  });
});

test('a YAML document with such a value is refused with its line', async () => {
  const { send, call, readConfig } = await start();
  const text = `${readConfig()}api-keys:\n  - k\ncodex-api-key:\n  - api-key: "a\\nb"\n    base-url: http://u\n`;
  const sentence = 'codex-api-key[0].api-key: contains a line break, which no HTTP header can carry.';
  const answer = await send('PUT', '/config.yaml', text, {});
  expect([answer.status, await answer.json()]).toEqual([
    422,
    { error: 'invalid_config', message: `line 8, column 14: ${sentence}` },
  ]);
  expect(await (await call('POST', '/config-check', { text })).json()).toEqual({
    message: sentence,
    line: 8,
    column: 14,
  });
});

test('a config file with such a value is used, and the log names its line', async () => {
  const { app: program, configFile, folder, call } = await start('logging-to-file: true\n');
  const logged = async () => JSON.stringify(await (await call('GET', '/logs')).json());
  writeFileSync(
    configFile,
    `${readFileSync(configFile, 'utf8')}claude-api-key:\n  - {api-key: "a\\nsecret"}\n  - {api-key: c}\n`,
  );
  await expect.poll(() => program.config.current.config['claude-api-key']).toHaveLength(2);
  const line = 'config line 7: claude-api-key[0].api-key contains a line break';
  await expect.poll(logged).toContain(line);
  expect(await logged()).not.toContain('secret');
  expect(path.dirname(configFile)).toBe(folder);
});
