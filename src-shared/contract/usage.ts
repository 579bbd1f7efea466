// Usage statistics and what each key did.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { asObject, nonEmpty } from '../wire.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);

export const usageTokens = z.object({
  input_tokens: count,
  output_tokens: count,
  reasoning_tokens: count,
  cached_tokens: count,
  total_tokens: count,
});
export const usageDetail = z.object({
  timestamp: z.string(),
  source: z.string(),
  tokens: usageTokens,
  failed: z.boolean(),
});
const usageModel = z.object({ total_requests: count, total_tokens: count, details: z.array(usageDetail) });
const usageApi = z.object({
  total_requests: count,
  success_count: count,
  failure_count: count,
  total_tokens: count,
  models: z.record(z.string(), usageModel),
});
const totals = {
  total_requests: count,
  success_count: count,
  failure_count: count,
  total_tokens: count,
};
export const usageTotals = z.object(totals);
export const usageStatistics = z.object({
  ...totals,
  apis: z.record(z.string(), usageApi),
  requests_by_day: counts,
  requests_by_hour: counts,
  tokens_by_day: counts,
  tokens_by_hour: counts,
});

export type UsageTokens = z.output<typeof usageTokens>;
export type UsageDetail = z.output<typeof usageDetail>;
export type UsageTotals = z.output<typeof usageTotals>;
export type UsageStatistics = z.output<typeof usageStatistics>;

const usageExport = z.object({ version: z.literal(1), exported_at: z.string(), usage: usageStatistics });

/** What an import may look like: only the details are taken, and of those fields that other servers leave out may be missing. */
const importedCount = count.max(1e11, 'more than a request can use').default(0);
export const usageImport = z.object({
  version: z.literal(1),
  exported_at: z.string().optional(),
  usage: usageStatistics.partial().extend({
    apis: z.record(
      z.string(),
      usageApi.partial().extend({
        models: z.record(
          z.string(),
          usageModel.partial().extend({
            details: z.array(
              usageDetail.extend({
                source: z.string().max(1_000).default(''),
                failed: z.boolean().default(false),
                tokens: z.object({
                  input_tokens: importedCount,
                  output_tokens: importedCount,
                  reasoning_tokens: importedCount,
                  cached_tokens: importedCount,
                  total_tokens: importedCount,
                }),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
});

/** What was asked within ten minutes, such as `09:40-09:50` in local time. */
export const recentRequests = z.object({ time: z.string(), success: count, failed: count });
const keyTraffic = z.object({ success: count, failed: count, recent_requests: z.array(recentRequests) });

/** A finished request for programs that keep their own books. Texts that are not known are empty. */
const queuedRequest = z.object({
  /** RFC 3339, when it began. */
  timestamp: z.string(),
  latency_ms: count,
  /** Until the first byte went to the client; 0: none did. */
  ttft_ms: count,
  /** The account's e-mail address, or the masked key. */
  source: z.string(),
  auth_index: z.string(),
  client_ip: z.string(),
  x_forwarded_for: z.string(),
  user_agent: z.string(),
  tokens: usageTokens.extend({
    cache_read_tokens: count,
    /** Whether the provider said how many there were. */
    cache_read_tokens_present: z.boolean(),
    cache_creation_tokens: count,
  }),
  failed: z.boolean(),
  /** False for requests that only count tokens. */
  generate: z.boolean(),
  /** 200 and an empty body when it did not fail. */
  fail: z.object({ status_code: count, body: z.string() }),
  provider: z.string(),
  /** As the provider names it. */
  model: z.string(),
  /** As the client asked for it. */
  alias: z.string(),
  /** Such as `POST /v1/chat/completions`. */
  endpoint: z.string(),
  auth_type: z.enum(['oauth', 'api_key', 'unknown']),
  /** The client's, not masked: programs find their own clients by it. */
  api_key: z.string(),
  request_id: z.string(),
  reasoning_effort: z.string(),
  service_tier: z.string(),
});
export type QueuedRequest = z.output<typeof queuedRequest>;

/** A positive whole number of the query; 1 without one. Throws Problem `invalid_count`. */
function countOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new Problem('invalid_count');
  return Number(text);
}

export const usageContract = {
  'usage.get': operation({
    summary: 'Usage statistics since the start',
    input: z.undefined(),
    output: z.object({ usage: usageStatistics, failed_requests: count }),
    http: { method: 'GET', path: '/usage' },
  }),
  'usage.export': operation({
    summary: 'Usage statistics to keep or to import elsewhere',
    input: z.undefined(),
    output: usageExport,
    http: { method: 'GET', path: '/usage/export' },
  }),
  'usage.import': operation({
    summary: 'Add the details of an export; those already there are skipped',
    // The store checks the document itself, so that its sentence can name the place.
    input: z.object({ document: z.looseObject({}) }),
    output: z.object({ status: z.literal('ok'), added: count, skipped: count }),
    http: {
      method: 'POST',
      path: '/usage/import',
      body: 'json',
      decode: ({ body }) => ({ document: asObject(body, 'invalid_body') }),
      wireBody: usageExport,
    },
  }),
  'usage-queue.take': operation({
    summary: 'Take the oldest finished requests out of the queue, where each stays for a minute at most',
    input: z.object({ count: z.int().min(1) }),
    output: z.array(queuedRequest),
    http: {
      method: 'GET',
      path: '/usage-queue',
      query: ['count'],
      decode: ({ query }) => ({ count: countOf(nonEmpty(query.count)) }),
    },
  }),
  'api-key-usage.get': operation({
    summary: 'Recent traffic per provider and key',
    input: z.undefined(),
    output: z.record(z.string(), z.record(z.string(), keyTraffic)),
    http: { method: 'GET', path: '/api-key-usage' },
  }),
};
