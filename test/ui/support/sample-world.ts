// A proxy in daily use: accounts, providers, keys, usage and a log. Keys, addresses and e-mails belong to nobody.
import { addRequests } from './requests.ts';
import { sampleRequests } from './sample-requests.ts';
import { sampleWeek } from './sample-week.ts';
import type { ServerSetup, TestServer } from './server.ts';

const clientKeys = [
  ['laptop', 'sk-cpd-sample-laptop-000000009f2c', 0.55],
  ['editor', 'sk-cpd-sample-editor-0000000041ab', 0.31],
  ['ci', 'sk-cpd-sample-ci-00000000000077e0', 0.1],
  ['notebook', 'sk-cpd-sample-notebook-000000c05d', 0.04],
] as const;

const config = `
# What programs on this computer send as their key
api-keys:
${clientKeys.map(([, key]) => `  - ${key}`).join('\n')}

client-policies:
  - api-key: sk-cpd-sample-ci-00000000000077e0
    name: ci
    expires: "2026-12-02"
    models: ["qwen3-*", kimi-k2]
    sources: ["relay-*"]
    limits:
      - { requests: 200, per: day }
      - { tokens: 2000000, per: week }
      - { cost: 10, per: month }
    max-concurrent: 4
  - api-key: sk-cpd-sample-editor-0000000041ab
    models: ["claude-*", "gpt-*"]
    limits: [{ tokens: 4000000, per: day }]
  - api-key: sk-cpd-sample-notebook-000000c05d
    expires: "2026-11-21"

model-chains:
  best: [claude-sonnet-4-5, gpt-5-codex, kimi-k2]

debug: false
logging-to-file: true
usage-statistics-enabled: true
request-log: false

# Outgoing traffic
proxy-url: socks5://user:proxy-pass-5577@127.0.0.1:9
request-retry: 2
max-retry-interval: 30

quota-exceeded:
  switch-project: true
  switch-preview-model: true

gemini-api-key:
  - api-key: AIzaSample-0000000000000000001234
  - api-key: AIzaSample-0000000000000000005678
    headers:
      X-Team: desk

claude-api-key:
  - api-key: sk-ant-sample-000000000000000abcd
    models:
      - name: claude-sonnet-4-5
        alias: sonnet

openai-compatibility:
  - name: relay-a
    base-url: https://relay-a.example.com/v1
    api-key-entries:
      - api-key: sk-relay-sample-0000000000001f0e
        proxy-url: "" # direct
      - api-key: sk-relay-sample-00000000000077aa
    models:
      - name: qwen/qwen3-coder
        alias: qwen3-coder-plus
      - name: moonshot/kimi-k2
        alias: kimi-k2
  - name: relay-b
    base-url: https://relay-b.example.net/v1
    api-key-entries:
      - api-key: sk-relay-sample-0000000000002b2b
  - name: local
    base-url: http://127.0.0.1:9/v1
    disabled: true
    api-key-entries:
      - api-key: sk-local-sample-000000000000cafe
`;

const account = (type: string, email: string, more: Readonly<Record<string, unknown>> = {}) =>
  [
    `${type}-${email}.json`,
    JSON.stringify({ type, email, access_token: `token-of-${type}-0123456789`, ...more }),
  ] as const;

const accounts = Object.fromEntries([
  account('claude', 'name@example.com'),
  account('claude', 'team@example.com'),
  account('codex', 'name@example.com', { account_id: 'acct-1' }),
  account('codex', 'work@example.org', { account_id: 'acct-2' }),
  account('gemini', 'name@example.com', { project_id: 'sample-project-4821' }),
  account('gemini', 'lab@example.net', { project_id: 'lab-project-77', disabled: true }),
  account('qwen', 'name@example.com'),
]);

/** What no page may hold unless the person has asked for it. The editor of the config shows the file as it is. */
export const sampleSecrets: readonly string[] = [
  ...(config.match(/\b(sk-|AIza)[\w-]+/g) ?? []),
  'proxy-pass-5577',
  'token-of-',
];

const models = [
  ['claude-sonnet-4-5', 44, 'name@example.com'],
  ['gpt-5-codex', 27, 'work@example.org'],
  ['gemini-2.5-pro', 17, 'name@example.com'],
  ['qwen3-coder-plus', 8, 'name@example.com'],
  ['kimi-k2', 3, 'sk-relay-sample-0000000000001f0e'],
  ['claude-haiku-4-5', 1, 'team@example.com'],
] as const;

/** Requests by hour of the day, as a desk with a lunch break has them. */
const day = [21, 9, 4, 2, 3, 6, 14, 37, 76, 98, 112, 104, 81, 96, 103, 84, 92, 71, 48, 33, 41, 62, 57, 38];

interface Detail {
  readonly timestamp: string;
  readonly source: string;
  readonly failed: boolean;
  readonly tokens: Readonly<Record<string, number>>;
}

/** Always the same numbers, so that pictures can be compared. */
function chances(): () => number {
  let state = 7;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function picked<T extends readonly unknown[]>(rows: readonly T[], weight: (row: T) => number, chance: number): T {
  let left = chance * rows.reduce((sum, row) => sum + weight(row), 0);
  const row = rows.find((candidate) => {
    left -= weight(candidate);
    return left <= 0;
  });
  return row ?? (rows[0] as T);
}

/** A week of requests, `requests` in all, in the form that `/usage/import` takes. */
function sampleUsage(requests = 4000) {
  const chance = chances();
  const now = Date.now();
  const apis: Record<string, { models: Record<string, { details: Detail[] }> }> = {};
  const perWeek = 7 * day.reduce((sum, count) => sum + count, 0);
  for (let hoursAgo = 0; hoursAgo < 7 * 24; hoursAgo += 1) {
    const time = new Date(now - hoursAgo * 3_600_000);
    const usual = (day[time.getHours()] ?? 0) * ([0, 6].includes(time.getDay()) ? 0.4 : 1.1);
    const count = Math.round((usual * requests) / perWeek);
    for (let index = 0; index < count; index += 1) {
      const [, key] = picked(clientKeys, ([, , weight]) => weight, chance());
      const [model, , source] = picked(models, ([, weight]) => weight, chance());
      const input = Math.round(1500 + chance() * 9000);
      const output = Math.round(200 + chance() * 1700);
      const cached = Math.round(input * chance() * 0.9);
      const reasoning = Math.round(output * 0.3);
      apis[key] ??= { models: {} };
      apis[key].models[model] ??= { details: [] };
      apis[key].models[model].details.push({
        timestamp: new Date(time.getTime() - index * 1000 - 1000).toISOString(),
        source,
        failed: chance() < 0.018,
        tokens: {
          input_tokens: input,
          output_tokens: output,
          reasoning_tokens: reasoning,
          cached_tokens: cached,
          total_tokens: input + output,
        },
      });
    }
  }
  return { version: 1, exported_at: new Date(now).toISOString(), usage: { apis } };
}

const two = (value: number) => String(value).padStart(2, '0');
const stamp = (ms: number) => {
  const time = new Date(ms);
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(two);
  return [date, [time.getHours(), time.getMinutes(), time.getSeconds()].map(two)] as const;
};

/** One line as the program writes it, `ago` seconds old. */
function logLine(now: number, ago: number, level: string, part: string, message: string): string {
  const [date, time] = stamp(now - ago * 1000);
  return `[${date.join('-')} ${time.join(':')}] [${level}] [${part}.ts] ${message}`;
}

function requestLine(now: number, ago: number, status: number, took: string, method: string, target: string): string {
  const [date, time] = stamp(now - ago * 1000);
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
  const call = `[GIN] ${date.join('/')} - ${time.join(':')} | ${status} | ${took.padStart(13)} | ${'127.0.0.1'.padStart(15)} | ${method.padEnd(7)} "${target}"`;
  return logLine(now, ago, level, 'server', call);
}

/** `count` lines of the last minutes, oldest first. */
function sampleLog(count = 60): string {
  const now = Date.now();
  const line = (ago: number, index: number): string => {
    switch (index % 20) {
      case 1:
        return logLine(
          now,
          ago,
          'debug',
          'gateway',
          'claude-sonnet-4-5: 2 ready accounts, round-robin takes the second',
        );
      case 3:
        return logLine(now, ago, 'info', 'config-store', 'config.yaml was read again: request-retry, proxy-url');
      case 4:
        return logLine(
          now,
          ago,
          'warn',
          'gateway',
          'codex answered 429; the account cools down for 18 min, the next takes over',
        );
      case 7:
        return logLine(now, ago, 'error', 'accounts', 'qwen: the refresh was rejected (invalid_grant); sign in again');
      case 8:
        return requestLine(now, ago, 502, '30.00s', 'POST', '/v1/chat/completions');
      default:
        return requestLine(
          now,
          ago,
          200,
          `${1 + (index % 7)}.${20 + (index % 70)}s`,
          'POST',
          index % 2 ? '/v1/messages' : '/v1/responses',
        );
    }
  };
  return Array.from({ length: count }, (_, index) => `${line((count - index) * 3, index)}\n`).join('');
}

export const sampleSetup: ServerSetup = { config, accounts, log: sampleLog() };

/** What is not in files: usage, some changes, and the labels of keys. */
export async function fillSample(server: TestServer): Promise<void> {
  const { api } = server;
  await api('POST', '/usage/import', sampleUsage());
  await api('PUT', '/request-retry', { value: 3 });
  await api('PUT', '/quota-exceeded/switch-project', { value: false });
  for (const [label, key] of clientKeys) await api('PUT', '/client-keys/label', { key, label });
  const { clients } = await api<{ clients: { key_id: string }[] }>('GET', '/client-usage');
  const keyIds = new Map(clientKeys.map(([label], index) => [label, clients[index]?.key_id ?? '']));
  await addRequests(server, sampleWeek(Date.now(), keyIds));
  await addRequests(server, sampleRequests(Date.now(), keyIds));
}
