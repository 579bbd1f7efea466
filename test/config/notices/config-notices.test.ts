// What the config file says without effect, misspelt or unsafe, with its place.
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src-main/config/config-view.ts';
import { configNotices } from '../../../src-main/config/notices/config-notices.ts';
import { readConfig } from '../../../src-main/config/yaml/read-config.ts';

const inForce = (text: string) => ({ config: normalize(readConfig(text)) });
const noticesOf = (text: string) => configNotices(text, inForce(text));
const told = (text: string) =>
  noticesOf(text).map(({ line, column, path, kind, suggestion }) =>
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
  ['routing: {strategy: wrr}\n', []],
  ['routing: {strategy: RR}\n', []],
  ['routing: {session-affinity-ttl: soon}\n', ['1:11 unused routing.session-affinity-ttl']],
  ['routing: {session-affinity-ttl: 30m}\n', []],
  ['oauth: {auth-dir: x}\nport: 1\nmodels: {}\n', ['1:1 unused oauth', '3:1 unused models']],
  ['oauth-model-mappings: {}\n', ['1:1 unused oauth-model-mappings']],
  ['proxy-url: "“http://127.0.0.1:1”"\n', ['1:1 unsafe proxy-url']],
  ['codex-api-key:\n  - proxy-url: nowhere\n', ['2:5 unsafe codex-api-key[0].proxy-url']],
  ['proxy-url: None\n', []],
  ['port: 1\nhost: 0.0.0.0\n', ['2:1 unsafe tls']],
  ['host: ""\n', ['1:1 unsafe host']],
  ['port: 1\nmetrics: {listen: 0.0.0.0:9317}\n', ['2:1 unsafe metrics.listen']],
  ['metrics: {listen: "[::1]:9317"}\n', []],
  ['host: ""\napi-keys: [""]\n', ['1:1 unsafe host']],
  ['host: ""\napi-keys: [k]\n', ['1:1 unsafe tls']],
  ['host: ""\nremote-management: {allow-remote: true}\n', ['1:1 unsafe tls']],
  [
    'host: ""\nauth: {providers: [{type: config-api-key, api-keys: [k]}]}\n',
    ['1:1 unsafe tls', '2:8 deprecated auth.providers api-keys'],
  ],
  [
    'codex: {identity-confuse: true, live-media-relay: true}\n',
    ['1:9 refused codex.identity-confuse', '1:33 unused codex.live-media-relay'],
  ],
  [
    'claude-api-key: [{cloak: {mode: never}, experimental-cch-signing: true}]\n',
    ['1:19 unused claude-api-key[0].cloak', '1:41 refused claude-api-key[0].experimental-cch-signing'],
  ],
  ['claude-api-key: [{websockets: true}]\n', ['1:19 unused claude-api-key[0].websockets']],
  ['claude-api-key: [{websockets: false}]\ncodex-api-key: [{websockets: true}]\n', []],
  ['oauth-model-mappings: {claude: []}\n', ['1:1 deprecated oauth-model-mappings oauth-model-alias']],
  [
    'openai-compatibility: [{name: p, api-keys: [a]}]\n',
    ['1:34 deprecated openai-compatibility[0].api-keys api-key-entries'],
  ],
  [
    'payload:\n  override-raw:\n    - params:\n        stop: not json\n        n: 1\n        s: "[1]"\n',
    ['4:9 unused payload.override-raw[0].params.stop'],
  ],
  ['x-base: &x {proxy_url: a}\ngemini-api-key: [{<<: *x, api-key: g}]\n', ['1:1 unused x-base']],
  ['gemini-api-key: [{<<: {proxy_url: a}, api-key: g}]\n', ['1:24 misspelt gemini-api-key[0].proxy_url proxy-url']],
  ['"a\\nb": 1\n', ['1:1 unused a\ufffdb']],
  ['host: localhost\n', []],
  ['gemini-api-key: [{headers: {api_key: x, Base-Url: y}}]\noauth-excluded-models: {claud: [a]}\n', []],
  ['\ufeffport: 1\r\nzebra: 1\r\n', ['2:1 unused zebra']],
])('%j', (text, notices) => {
  expect(told(text)).toEqual(notices);
});

test('a sentence holds no secret, and a file of nothing but unknown keys gives a bounded list', () => {
  const [notice] = noticesOf('proxy-url: "ftp://me:hunter2@host"\n');
  expect(notice?.message).not.toContain('hunter2');
  const many = Array.from({ length: 3_000 }, (_, index) => `${'x'.repeat(500)}${index}: 1\n`).join('');
  const notices = noticesOf(many);
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
    ['api-keys: [k]\nmanagement: {secret-key: s}\n', /layout/],
    ['x: &x {api_keys: [k]}\n<<: *x\n', /^line 1, column 8: api_keys: .*api-keys/],
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

test('a policy for a key that is not in api-keys has no effect, which is told without the key', () => {
  const text = [
    'api-keys: [ck-one]',
    'client-policies:',
    '  - {api-key: ck-one}',
    '  - {name: gone, api-key: ck-secret-two}',
    "  - {api-key: '*'}",
    '',
  ].join('\n');
  expect(told(text)).toEqual(['4:27 unused client-policies[1].api-key']);
  expect(JSON.stringify(noticesOf(text))).not.toContain('secret');
});
