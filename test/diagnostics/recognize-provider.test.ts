// A pasted key, address or curl line is known for what it is, without a request to anybody.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLocalServers } from '../../src-main/diagnostics/local-servers.ts';
import { providerPresets, recognizeProvider } from '../../src-main/diagnostics/recognize-provider.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { compatibleList, keyProviders } from '../../src-shared/providers.ts';

const seen = (text: string) => {
  const { presets, ...rest } = recognizeProvider(text);
  return { ...rest, presets: presets.map(({ id }) => id) };
};

describe('presets', () => {
  test('stand in the order of their names, each with a list of the config and an address', () => {
    const names = providerPresets.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    const lists: readonly string[] = [compatibleList, ...keyProviders.map(({ keys }) => keys.list)];
    for (const preset of providerPresets) {
      expect(lists).toContain(preset.list);
      expect(URL.canParse(preset['base-url'])).toBe(true);
    }
  });
});

describe('keys', () => {
  test.each([
    ['sk-ant-api03-abcdefgh', ['anthropic']],
    ['  gsk_abcdefgh12  ', ['groq']],
    ['sk-or-v1-abcdefgh', ['openrouter']],
    ['OPENROUTER_API_KEY=sk-or-v1-abcdefgh', ['openrouter']],
    ['sk-abcdefgh1234', ['deepseek', 'moonshot', 'openai']],
    ['sk-proj-abcdefgh', ['openai']],
    ['0123456789abcdef', []],
  ])('%s', (text, presets) => {
    expect(seen(text)).toMatchObject({ kind: 'key', presets });
  });
});

describe('addresses', () => {
  test.each([
    ['https://api.deepseek.com/chat/completions', 'https://api.deepseek.com', ['deepseek']],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1', []],
    ['127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1', ['lm-studio']],
    ['llm.example.com/v1', 'https://llm.example.com/v1', []],
  ])('%s', (text, baseUrl, presets) => {
    expect(seen(text)).toMatchObject({ kind: 'address', baseUrl, presets });
  });
});

describe('curl lines', () => {
  test('with key, address and model', () => {
    const line =
      'curl https://openrouter.ai/api/v1/chat/completions \\\n  -H "Authorization: Bearer sk-or-1" \\\n' +
      `  -H 'Content-Type: application/json' -d '{"model": "a/b", "messages": []}'`;
    expect(seen(line)).toEqual({
      kind: 'curl',
      key: 'sk-or-1',
      baseUrl: 'https://openrouter.ai/api/v1',
      model: 'a/b',
      presets: ['openrouter'],
    });
  });

  test('of Anthropic and of Gemini', () => {
    expect(
      seen('curl -X POST https://api.anthropic.com/v1/messages -H "x-api-key: sk-ant-1" --json "{}"'),
    ).toMatchObject({
      key: 'sk-ant-1',
      baseUrl: 'https://api.anthropic.com',
      presets: ['anthropic'],
    });
    const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:generateContent?key=AIzaX';
    expect(seen(`curl '${gemini}'`)).toMatchObject({
      key: 'AIzaX',
      baseUrl: 'https://generativelanguage.googleapis.com',
      model: 'gemini-3-pro',
      presets: ['gemini'],
    });
  });

  test('a variable is no key', () => {
    expect(seen('curl https://api.x.ai/v1/responses -H "Authorization: Bearer $XAI_API_KEY"').key).toBe('');
  });
});

test('any other text is unknown, and none fails', () => {
  for (const text of ['', 'hello world', 'x', 'curl', 'curl -d', '"', 'a'.repeat(200_000)])
    expect(seen(text).kind).toBe('unknown');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void recognizeProvider(`curl ${text}`)));
});

test('servers on this machine are found where they listen, and nothing else is taken for one', async () => {
  const server = createServer((request, response) => {
    response.end(request.url === '/v1/models' ? '{"data":[{"id":"qwen3"}]}' : '<html>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const preset = (id: string, path: string) => ({
    ...{ id, name: id, mark: 'A', list: compatibleList, prefixes: [] },
    'base-url': `http://127.0.0.1:${path}`,
  });
  const dispatchers = new Dispatchers();
  try {
    const found = await findLocalServers(dispatchers, [
      preset('here', `${port}/v1`),
      preset('page', `${port}/other`),
      preset('none', '9/v1'),
    ]);
    expect(found).toEqual([{ id: 'here', name: 'here', baseUrl: `http://127.0.0.1:${port}/v1`, models: ['qwen3'] }]);
  } finally {
    server.close();
    await dispatchers.close();
  }
});
