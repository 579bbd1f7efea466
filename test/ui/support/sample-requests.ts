// Requests of the last minutes for the sample world: every kind of end that the window has a word for.
import type { StoredRequest } from '../../../src-main/storage/ledger.ts';
import type { RequestRecord, RequestTry } from '../../../src-shared/contract/requests.ts';
import { storedRequest } from '../../storage/stored-request.ts';

type Over = Partial<RequestRecord>;

const claude = (email: string): Over => ({
  ...{ provider: 'claude', source: `claude-${email}.json`, credential: `claude-${email}.json`, form: 'messages' },
});
const codex = (email: string): Over => ({
  ...{ provider: 'codex', source: `codex-${email}.json`, credential: `codex-${email}.json`, form: 'responses' },
});
const relay = (name: string): Over => ({ provider: 'openai-compatibility', source: name, credential: 'sk-r...1f0e' });

const tryOf = (over: Over, status: number | null, ms: number, error: string | null = null): RequestTry => ({
  source: over.source ?? '',
  credential: over.credential ?? '',
  model: over.model_sent ?? over.model ?? '',
  ...{ status, ms, error },
});

interface Sample {
  /** Seconds before now. */
  readonly ago: number;
  readonly key: string;
  readonly model: string;
  readonly sent?: string;
  readonly by?: Over;
  readonly first?: number;
  readonly total: number;
  readonly tokens?: number;
  readonly usd?: number;
  readonly over?: (record: Over) => Over;
}

const nobody: Over = { provider: null, source: null, credential: null, auth_index: null, model_sent: null };

const samples: readonly Sample[] = [
  {
    ago: 5,
    key: 'editor',
    model: 'claude-sonnet-4-5',
    by: claude('team@example.com'),
    first: 580,
    total: 1770,
    tokens: 8214,
    usd: 0.031,
  },
  {
    ago: 9,
    key: 'laptop',
    model: 'best',
    sent: 'claude-opus-4-5',
    by: claude('name@example.com'),
    first: 1120,
    total: 9400,
    tokens: 21907,
    usd: 0.284,
  },
  {
    ago: 12,
    key: 'ci',
    model: 'qwen3-coder-plus',
    sent: 'qwen/qwen3-coder',
    by: relay('relay-a'),
    first: 330,
    total: 1490,
    tokens: 3120,
    usd: 0.002,
  },
  {
    ...{ ago: 15, key: 'editor', model: 'claude-sonnet-4-5', by: claude('team@example.com'), first: 620, total: 900 },
    ...{ tokens: 4011, usd: 0.013, over: () => ({ outcome: 'aborted', status: 499 }) },
  },
  {
    ago: 18,
    key: 'notebook',
    model: 'gemini-2.5-pro',
    by: { provider: 'gemini', source: 'gemini-api-key', credential: 'AIza...1234', form: 'gemini' },
    first: 710,
    total: 4220,
    tokens: 12480,
    usd: 0.046,
  },
  {
    ago: 21,
    key: 'laptop',
    model: 'claude-sonnet-4-5',
    by: claude('name@example.com'),
    first: 550,
    total: 2510,
    tokens: 15033,
    usd: 0.052,
  },
  {
    ago: 22,
    key: 'laptop',
    model: 'claude-sonnet-4-5',
    by: claude('name@example.com'),
    first: 600,
    total: 2030,
    tokens: 7402,
    usd: 0.026,
  },
  {
    ago: 23,
    key: 'editor',
    model: 'text-embedding-4',
    by: relay('relay-a'),
    first: 90,
    total: 110,
    tokens: 640,
    usd: 0.0004,
  },
  {
    ...{ ago: 24, key: 'laptop', model: 'gpt-5-codex', by: codex('name@example.com'), first: 840, total: 3070 },
    ...{ tokens: 9376, usd: 0.058 },
    over: (record) => ({
      stream: true,
      dropped_fields: ['temperature', 'metadata.user_id'],
      tokens: { input: 8960, output: 416, reasoning: 128, cache_read: 7680, cache_write: 0, estimated: false },
      tries: [
        tryOf({ ...record, ...codex('work@example.org') }, 429, 210, 'The usage limit has been reached'),
        tryOf(record, 200, 2860),
      ],
    }),
  },
  {
    ...{ ago: 31, key: 'ci', model: 'qwen3-codr-plus', total: 4 },
    over: () => ({
      ...nobody,
      tries: [],
      outcome: 'failure',
      status: 404,
      error: 'No key or account here offers the model qwen3-codr-plus.',
    }),
  },
  {
    ...{ ago: 42, key: 'notebook', model: 'glm-5', by: relay('relay-b'), total: 30000 },
    over: (record) => ({
      ...{ outcome: 'failure', status: 504, error: 'relay-b did not answer within 30 s.' },
      tries: [tryOf(record, null, 30000, 'relay-b did not answer within 30 s.')],
    }),
  },
  {
    ...{ ago: 55, key: 'ci', model: 'kimi-k2', by: relay('relay-a'), total: 240 },
    over: (record) => ({
      ...{ outcome: 'failure', status: 503, error: 'invalid api key' },
      tries: [tryOf(record, 401, 240, 'invalid api key')],
    }),
  },
];

/** Newest first in the list; the older ones repeat the first. */
export function sampleRequests(now: number, keys: ReadonlyMap<string, string>, rounds = 5): readonly StoredRequest[] {
  return Array.from({ length: rounds }, (_, round) =>
    // The failures of upstreams stand only once, so that the proxy is well.
    samples
      .slice(0, round === 0 ? undefined : -2)
      .map(({ ago, key, model, sent, by = {}, first, total, tokens, usd, over }): StoredRequest => {
        const startedAt = now - (ago + round * 61) * 1000;
        const record: Over = { ...by, model, model_sent: sent ?? model };
        return storedRequest(startedAt, {
          ...record,
          key_id: keys.get(key) ?? null,
          key_name: null,
          first_byte_ms: first ?? null,
          total_ms: total,
          finished_at: new Date(startedAt + total).toISOString(),
          tries: [tryOf(record, 200, total)],
          tokens: {
            ...{ input: tokens === undefined ? null : tokens - 400, output: tokens === undefined ? null : 400 },
            ...{ reasoning: null, cache_read: null, cache_write: null, estimated: false },
          },
          cost: {
            usd: usd ?? null,
            basis: usd === undefined ? 'unknown' : 'list',
            billed: by.provider === 'openai-compatibility',
          },
          ...over?.(record),
        });
      }),
  ).flat();
}
