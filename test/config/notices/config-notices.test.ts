// What the config file says without effect, misspelt or unsafe, with its place.
import { describe, expect, test } from 'vitest';
import { configNotices } from '../../../src-main/config/notices/config-notices.ts';
import { readConfig } from '../../../src-main/config/yaml/read-config.ts';

const told = (text: string) =>
  configNotices(text).map(({ line, column, path, kind, suggestion }) =>
    [`${line}:${column}`, kind, path, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
  );

test.each<[string, string[]]>([
  ['debug: true\napi-keys: [k1]\n', []],
  ['debug: true\npprof:\n  enable: true\n  addr: x\n', ['2:1 unused pprof']],
  ['proxy_url: ""\n', ['1:1 misspelt proxy_url proxy-url']],
  ['gemini-api-key:\n  - api-key: a\n  - base_url: b\n', ['3:5 misspelt gemini-api-key[1].base_url base-url']],
  ['claude-api-key:\n  - cloak: {mode: always}\n', ['2:5 refused claude-api-key[0].cloak']],
  ['claude-api-key:\n  - cloak: {}\n', ['2:5 unused claude-api-key[0].cloak']],
  ['codex:\n  identity-confuse: true\n', ['2:3 refused codex.identity-confuse']],
  ['codex: {identity-confuse: false}\n', ['1:1 unused codex']],
  ['disable-claude-cloak-mode: true\n', ['1:1 unused disable-claude-cloak-mode']],
  ['generative-language-api-key: [g]\n', ['1:1 deprecated generative-language-api-key gemini-api-key']],
  ['generative-language-api-key: []\n', ['1:1 unused generative-language-api-key']],
  ['api-keys:\n  - your-api-key-1\n  - k\n', ['2:5 unsafe api-keys[0]']],
  ['routing: {strategy: sticky}\n', ['1:11 unused routing.strategy']],
  ['routing: {strategy: fil-first}\n', ['1:11 misspelt routing.strategy fill-first']],
  ['routing: {strategy: wrr}\n', ['1:11 unused routing.strategy']],
  ['routing: {strategy: RR}\n', []],
  ['proxy-url: "“http://127.0.0.1:1”"\n', ['1:1 unsafe proxy-url']],
  ['codex-api-key:\n  - proxy-url: nowhere\n', ['2:5 unsafe codex-api-key[0].proxy-url']],
  ['proxy-url: None\n', []],
  ['host: 0.0.0.0\n', ['1:7 unsafe tls']],
  ['host: ""\n', ['1:7 unsafe host']],
  ['host: localhost\n', []],
  ['gemini-api-key: [{headers: {api_key: x, Base-Url: y}}]\noauth-excluded-models: {claud: [a]}\n', []],
  ['\ufeffport: 1\r\nzebra: 1\r\n', ['2:1 unused zebra']],
])('%j', (text, notices) => {
  expect(told(text)).toEqual(notices);
});

test('a sentence holds no secret, and a file of nothing but unknown keys gives a bounded list', () => {
  const [notice] = configNotices('proxy-url: "ftp://me:hunter2@host"\n');
  expect(notice?.message).not.toContain('hunter2');
  const many = Array.from({ length: 3_000 }, (_, index) => `${'x'.repeat(500)}${index}: 1\n`).join('');
  const notices = configNotices(many);
  expect(notices).toHaveLength(200);
  expect(notices[0]?.message.length).toBeLessThan(200);
});

describe('a file that would open the gateway is invalid', () => {
  test.each([
    ['api_keys: [k]\n', /^line 1, column 1: api_keys: .*api-keys/],
    ['debug: true\nApi-Keys: [k]\n', /^line 2, column 1: Api-Keys: .*api-keys/],
    ['api-key: [k]\n', /api-keys/],
    ['auth_dir: x\n', /auth-dir/],
    ['remote-managment: {}\n', /remote-management/],
    ['hosts: 0.0.0.0\n', /host/],
    ['TLS: {enable: true}\n', /tls/],
    ['client_policies: []\n', /client-policies/],
    ['config-version: 8\nserver: {port: 1}\n', /^line 1, column 1: config-version: .*layout of CLIProxyAPI 8/],
    ['access: {}\nserver: {host: a}\n', /layout/],
    ['debug: true\naccess: {api-keys: [k]}\n', /^line 2, column 1: access: .*layout/],
    ['api-keys: {codex: []}\n', /layout/],
    ['api-keys: [k]\ntls:\n  enable: true\n', /^line 3, column 11: tls\.enable: .*TLS/],
  ])('%j', (text, message) => {
    expect(() => readConfig(text)).toThrow(expect.objectContaining({ code: 'invalid_config' }));
    expect(() => readConfig(text)).toThrow(message);
  });

  test.each(['port: 1\nserver: {a: b}\n', 'config-version: 7\n', 'server: text\n', 'tls: {enable: false}\n'])(
    '%j is not',
    (text) => {
      expect(() => readConfig(text)).not.toThrow();
    },
  );
});
