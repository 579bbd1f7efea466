// Configs as people publish them, reduced to their shape: what they set, how they write it, and what is told of them.

export interface PublicConfig {
  readonly name: string;
  readonly text: string;
  /** Kind and path, in the order of the file. */
  readonly notices?: readonly string[];
  /** The file is refused with a sentence like this. */
  readonly refused?: RegExp;
}

const head = 'port: 8317\nauth-dir: ./auths\n';
const networked = 'unsafe tls';

export const publicConfigs: readonly PublicConfig[] = [
  {
    name: 'the layout of version 8',
    text: 'config-version: 8\nserver: {host: 127.0.0.1, port: 8317}\nmanagement: {secret-key: m}\naccess: {api-keys: [k]}\n',
    refused: /layout of CLIProxyAPI 8/,
  },
  {
    name: 'the layout of version 8 from a module of a package manager, without keys',
    text: 'access:\n  api-keys: []\noauth:\n  auth-dir: /var/lib/cliproxy\nserver:\n  port: 8317\n',
    refused: /layout of CLIProxyAPI 8/,
  },
  {
    name: 'groups of keys of version 8',
    text: 'config-version: 8\napi-keys:\n  codex:\n    - name: codex-1\n      keys: [{api-key: sk-x}]\n',
    refused: /layout of CLIProxyAPI 8/,
  },
  {
    name: 'keys of services that came in 2026',
    text: `${head}api-keys: [k]\nxai-api-key:\n  - api-key: x\n    base-url: https://api.x.ai/v1\ntransient-error-cooldown-seconds: 30\nkimi-api-key:\n  - api-key: y\n`,
    notices: ['unused kimi-api-key'],
  },
  {
    name: 'prefixes, open to the network',
    text: `host: ""\n${head}remote-management: {allow-remote: true, secret-key: ""}\napi-keys: [k]\nclaude-api-key:\n  - {api-key: c, prefix: work, priority: 10}\n  - {api-key: d, prefix: home}\n`,
    notices: [networked],
  },
  {
    name: 'fill-first with sessions',
    text: `${head}api-keys: [k]\nrouting:\n  strategy: fill-first\n  session-affinity: true\n  claude-code-session-affinity: true\n`,
    notices: ['unused routing.claude-code-session-affinity'],
  },
  {
    name: 'behind another gateway',
    text: `host: ""\n${head}api-keys:\n  - sk-gateway\nrequest-retry: 2\ncodex-api-key:\n  - api-key: o\n    base-url: https://api.openai.com/v1\n    websockets: true\n`,
    notices: [networked],
  },
  { name: 'a variable that nobody has replaced', text: `${head}api-keys:\n  - "\${CLIPROXY_API_KEY}"\n` },
  {
    name: 'a variable in the place of a number',
    text: `port: \${PORT:-8317}\nauth-dir: ./auths\n`,
    refused: /port: must be a whole number/,
  },
  {
    name: 'comments in Chinese, and at the edge within mappings',
    text: `${head}api-keys:\n# 家里的密钥\n  - 钥匙一\ngemini-api-key:\n  - api-key: g\n# 代理\n    proxy-url: socks5h://127.0.0.1:1080\n    headers:\n      X-备注: yes\nampcode:\n  upstream-url: https://amp.example\n`,
    notices: ['unused ampcode'],
  },
  {
    name: 'of 2025, with clients in auth.providers and Gemini keys in their old list',
    text: `${head}auth:\n  providers: []\ngenerative-language-api-key:\n  - AIza1\nrequest-log: false\n`,
    notices: ['unused auth.providers', 'deprecated generative-language-api-key'],
  },
  {
    name: 'bundled with a menu bar program',
    text: `${head}host: "127.0.0.1"\namp-upstream-url: "https://amp.example"\namp-restrict-management-to-localhost: true\n`,
    notices: ['unused amp-upstream-url', 'unused amp-restrict-management-to-localhost'],
  },
  {
    name: 'of a program of another kind altogether',
    text: 'providers:\n  - name: openai\n    key: sk-x\nauth:\n  auto_refresh: true\nrate_limit:\n  rpm: 60\n',
    notices: ['unused providers', 'unused auth.auto_refresh', 'unused rate_limit'],
  },
  {
    name: 'of a secret store, in JSON',
    text: '{"port":8317,"auth-dir":"./auths","api-keys":["k"],"ampcode":{"upstream-api-key":"ENC[AES256]"},"sops":{"age":[]}}\n',
    notices: ['unused ampcode', 'unused sops'],
  },
  {
    name: 'of a deploy script, in single quotes',
    text: `port: 8317\nauth-dir: '/root/.cli-proxy-api'\napi-keys:\n- 'k'\nincognito-browser: true\n`,
    notices: ['unused incognito-browser'],
  },
  {
    name: 'without client keys',
    text: `${head}streaming:\n  keepalive-seconds: 15\n  bootstrap-retries: 1\n`,
    notices: ['unused streaming.bootstrap-retries'],
  },
  {
    name: 'of a dashboard that writes lists',
    text: `${head}api-keys:\n    - k1\n    - k2\n\nopenai-compatibility:\n    - name: local\n      base-url: http://127.0.0.1:11434/v1\n      api-key-entries:\n        - api-key: ""\n      models:\n        - name: qwen3\n          alias: ""\n          thinking:\n            levels: [low]\n`,
    notices: ['unused openai-compatibility[0].models[0].thinking'],
  },
  {
    name: 'of a dashboard with aliases of accounts',
    text: `${head}oauth-model-alias:\n  codex:\n    - name: gpt-5\n      alias: g5\n      fork: true\n      display-name: Five\noauth-excluded-models:\n  gemini: ["*-preview"]\n`,
    notices: ['unused oauth-model-alias.codex[0].display-name'],
  },
  {
    name: 'in a container, with anchors',
    text: `x-key: &key\n  proxy-url: none\n${head}claude-api-key:\n  - <<: *key\n    api-key: c\n    cloak: {mode: never}\n`,
    notices: ['unused x-key', 'unused claude-api-key[0].cloak'],
  },
  {
    name: 'that passes for another client',
    text: `${head}claude-header-defaults: {user-agent: claude-cli/2}\nclaude-api-key:\n  - {api-key: c, cloak: {mode: always}, fingerprint-profile: node}\ncodex: {identity-confuse: true}\n`,
    notices: [
      'refused claude-header-defaults',
      'refused claude-api-key[0].cloak',
      'refused claude-api-key[0].fingerprint-profile',
      'refused codex.identity-confuse',
    ],
  },
  {
    name: 'of version 6.6, with the older name of aliases',
    text: `${head}oauth-model-mappings:\n  claude:\n    - {name: claude-opus-4-5, alias: opus}\n`,
    notices: ['deprecated oauth-model-mappings'],
  },
  {
    name: 'with words that nobody knows for the strategy',
    text: `${head}routing: {strategy: sticky}\nquota-exceeded: null\npayload:\n`,
    notices: ['unused routing.strategy'],
  },
  {
    name: 'with an underscore in a key that protects',
    text: `auth_dir: ./auths\napi_keys: [k]\n`,
    refused: /api_keys|auth_dir/,
  },
];
