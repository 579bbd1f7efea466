// The example configs that CLIProxyAPI came with from version 5 to 7, made of the keys that each version had.

interface Block {
  readonly lines: string;
  readonly since: string;
  /** The last version that had it. */
  readonly until?: string;
  /** What is told of it: kind and path. */
  readonly notices?: readonly string[];
}

const unused = (path: string) => [`unused ${path}`];

const blocks: readonly Block[] = [
  { since: '6.6.1', lines: '# every interface\nhost: ""', notices: ['unsafe tls'] },
  { since: '5.0.1', lines: 'port: 8317' },
  { since: '6.6.58', lines: 'tls:\n  enable: false\n  cert: ""\n  key: ""' },
  {
    since: '5.0.1',
    lines: 'remote-management:\n  allow-remote: false\n\n  # hashed when the server starts\n  secret-key: ""',
  },
  { since: '6.0.16', lines: '  disable-control-panel: false' },
  {
    since: '6.6.58',
    lines: '  panel-github-repository: "https://example.com/panel"',
    notices: unused('remote-management.panel-github-repository'),
  },
  { since: '5.0.1', lines: '\n# with ~ for the home directory\nauth-dir: "~/.cli-proxy-api"' },
  {
    since: '5.0.1',
    lines: 'api-keys:\n  - "your-api-key-1"\n  - "your-api-key-2"',
    notices: ['unsafe api-keys[0]', 'unsafe api-keys[1]'],
  },
  { since: '5.0.1', lines: 'debug: false' },
  {
    since: '5.0.1',
    until: '5.1.8',
    lines: 'allow-localhost-unauthenticated: true',
    notices: unused('allow-localhost-unauthenticated'),
  },
  {
    since: '5.0.1',
    until: '6.0.0',
    lines: 'generative-language-api-key:\n  - "AIzaSy...01"\n  - "AIzaSy...02"',
    notices: ['deprecated generative-language-api-key'],
  },
  {
    since: '6.0.16',
    until: '6.1.9',
    lines: 'gemini-web:\n  context: true\n  max-chars-per-request: 1000000',
    notices: unused('gemini-web'),
  },
  { since: '6.8.11', lines: 'pprof:\n  enable: false\n  addr: "127.0.0.1:8316"', notices: unused('pprof') },
  {
    since: '7.1.66',
    lines: 'plugins:\n  enabled: false\n  dir: "plugins"\n  configs:\n    example:\n      enabled: true # for this one',
    notices: unused('plugins'),
  },
  { since: '6.6.58', lines: 'commercial-mode: false', notices: unused('commercial-mode') },
  { since: '6.0.16', lines: 'logging-to-file: false\nusage-statistics-enabled: false' },
  { since: '6.6.58', lines: 'logs-max-total-size-mb: 0' },
  { since: '6.7.45', lines: 'error-logs-max-files: 10' },
  {
    since: '6.10.9',
    lines: 'redis-usage-queue-retention-seconds: 60',
    notices: unused('redis-usage-queue-retention-seconds'),
  },
  { since: '5.0.1', lines: '\nproxy-url: ""' },
  { since: '6.6.58', lines: 'force-model-prefix: false' },
  { since: '6.8.50', lines: 'passthrough-headers: false\nmax-retry-credentials: 0' },
  { since: '5.0.1', lines: 'request-retry: 3' },
  { since: '6.5.30', lines: 'max-retry-interval: 30' },
  { since: '6.3.2', lines: 'disable-cooling: false' },
  { since: '7.2.29', lines: 'save-cooldown-status: false\ntransient-error-cooldown-seconds: 0' },
  { since: '7.2.29', lines: 'disable-claude-cloak-mode: false', notices: unused('disable-claude-cloak-mode') },
  { since: '7.2.140', lines: 'claude-code:\n  disable-cloaking-model-list: false', notices: unused('claude-code') },
  { since: '6.10.9', lines: 'disable-image-generation: false', notices: unused('disable-image-generation') },
  { since: '7.2.29', lines: 'video-result-auth-cache-ttl: "3h"', notices: unused('video-result-auth-cache-ttl') },
  { since: '5.0.1', lines: 'quota-exceeded:\n  switch-project: true # to another one\n  switch-preview-model: true' },
  { since: '7.0.0', lines: '  antigravity-credits: true', notices: unused('quota-exceeded.antigravity-credits') },
  { since: '6.6.58', lines: 'routing:\n  strategy: "round-robin" # fill-first' },
  { since: '6.9.19', lines: '  session-affinity: false\n  session-affinity-ttl: "1h"' },
  { since: '7.1.66', lines: 'codex:\n  identity-confuse: false', notices: unused('codex') },
  { since: '7.2.140', lines: 'xai:\n  inject-x-search: false', notices: unused('xai') },
  { since: '6.3.2', lines: 'ws-auth: false' },
  { since: '6.6.105', lines: 'nonstream-keepalive-interval: 0', notices: unused('nonstream-keepalive-interval') },
  { since: '7.0.0', until: '7.0.0', lines: 'home:\n  enabled: false', notices: unused('home') },
  {
    since: '5.0.1',
    until: '5.0.1',
    lines:
      'openai-compatibility:\n  - name: "openrouter"\n    base-url: "https://openrouter.example/api/v1"\n    api-keys:\n      - "sk-or-1"\n    models:\n      - name: "vendor/model:free"\n        alias: "model"',
    notices: ['deprecated openai-compatibility[0].api-keys'],
  },
];

const tags = `5.0.1 6.0.16 6.3.2 6.5.30 6.6.1 6.6.105 6.7.45 6.8.50 6.10.9 7.0.0 7.1.66 7.2.29 7.2.140`.split(' ');

const number = (version: string) => version.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);

export const officialExamples = tags.map((tag) => {
  const has = ({ since, until = '99.0.0' }: Block) => number(since) <= number(tag) && number(tag) <= number(until);
  const shipped = blocks.filter(has);
  return {
    name: `the example of version ${tag}`,
    text: `# as shipped\n${shipped.map(({ lines }) => lines).join('\n')}\n`,
    notices: shipped.flatMap(({ notices = [] }) => notices),
  };
});
