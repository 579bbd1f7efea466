// A finished request as programs that keep books of their own read it.
import type { IncomingMessage } from 'node:http';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type { QueuedRequest } from '../../../src-shared/contract/usage.ts';
import { mask } from '../../lib/mask.ts';
import { rfc3339 } from '../../lib/time/local-time.ts';
import type { Usage } from '../model/events.ts';
import type { Outcome, RequestContext } from '../request/request-context.ts';
import { tokensOf } from './usage-record.ts';

/** Clients say what they want; so much of it is kept. */
const maxTextLength = 256;

/** What is known of a request before anybody is asked. */
export interface AskedFacts {
  /** By which its log is found. */
  readonly requestId: string;
  readonly model: string;
  readonly isCount: boolean;
  readonly effort: string;
  readonly serviceTier: string;
}

export function askedFacts(request: RequestContext['request'], requestId: string): AskedFacts {
  const { model, action } = request;
  const { effort, serviceTier } =
    request.action === 'service' ? {} : (request.format.client.preferencesOf?.(request) ?? {});
  return { requestId, model, isCount: action === 'count', effort: text(effort), serviceTier: text(serviceTier) };
}

interface Finished {
  readonly request: IncomingMessage;
  /** Without query. */
  readonly path: string;
  /** `''` while no keys are set. */
  readonly clientKey: string;
  readonly asked: AskedFacts;
  readonly outcome: Outcome;
  readonly record: RequestRecord;
}

export function queuedRequest({ request, path, clientKey, asked, outcome, record }: Finished): QueuedRequest {
  const { candidate, error } = outcome;
  const usage = wholeNumbers(outcome.usage ?? {});
  const credential = candidate?.credential;
  const failed = record.outcome === 'failure';
  const model = cut(asked.model);
  return {
    timestamp: rfc3339(Date.parse(record.started_at)),
    latency_ms: record.total_ms ?? 0,
    ttft_ms: record.first_byte_ms ?? 0,
    source: credential === undefined ? '' : credential.account ? credential.source : mask(credential.key),
    auth_index: credential?.authIndex ?? '',
    client_ip: record.client_ip ?? '',
    x_forwarded_for: text([request.headers['x-forwarded-for'] ?? ''].flat().join(', ')),
    user_agent: record.user_agent ?? '',
    tokens: {
      ...tokensOf(usage),
      cache_read_tokens: usage.cacheRead ?? 0,
      cache_read_tokens_present: usage.cacheRead !== undefined,
      cache_creation_tokens: usage.cacheWrite ?? 0,
    },
    failed,
    generate: !asked.isCount,
    fail: failed ? { status_code: error?.status ?? record.status ?? 0, body: record.error ?? '' } : fine,
    provider: credential?.provider ?? 'unknown',
    model: candidate?.model ?? model,
    alias: model,
    endpoint: cut(`${request.method} ${path}`),
    auth_type: credential === undefined ? 'unknown' : credential.account ? 'oauth' : 'api_key',
    api_key: clientKey,
    request_id: asked.requestId,
    reasoning_effort: asked.effort,
    service_tier: asked.serviceTier,
  };
}

/** Upstreams may report anything: all but a whole number of tokens counts as nothing said. */
function wholeNumbers(usage: Partial<Usage>): Partial<Usage> {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (Object.values(usage).every(isCount)) return usage;
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => isCount(value)));
}

const fine = { status_code: 200, body: '' };

const cut = (value: string): string => value.slice(0, maxTextLength);
const text = (value: unknown): string => (typeof value === 'string' ? cut(value.trim()) : '');
