// What is counted of requests as they end.
import type { Registry } from 'prom-client';
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import { BoundedNames, other } from './bounded-labels.ts';
import { statusLabel } from './status-label.ts';

/** The package; it is loaded when somebody first asks for metrics. */
export type Prometheus = typeof import('prom-client');

const maxModels = 200;
const maxProviders = 200;
const maxClients = 1_000;
/** Of requests, whose labels multiply. */
const maxSeries = 5_000;
/** Seconds. */
const requestBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600];
const overheadBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** Codes of errors that say that a limit of the client key is reached. */
const limitCodes = new Set(['limit_reached', 'too_many_requests']);

export class RequestMetrics {
  readonly #listedModel: (name: string) => string | undefined;
  readonly #models = new BoundedNames(maxModels);
  readonly #providers = new BoundedNames(maxProviders);
  readonly #clients = new BoundedNames(maxClients);
  readonly #series = new BoundedNames(maxSeries);
  readonly #metrics: ReturnType<typeof createMetrics>;

  constructor(prometheus: Prometheus, registry: Registry, listedModel: (name: string) => string | undefined) {
    this.#listedModel = listedModel;
    this.#metrics = createMetrics(prometheus, [registry]);
  }

  tried(provider: string, outcome: string): void {
    this.#metrics.tries.inc({ provider: this.#providers.of(provider), outcome });
  }

  refreshed(provider: string, outcome: string): void {
    this.#metrics.refreshes.inc({ provider: this.#providers.of(provider), outcome });
  }

  rejected(form: string, status: number): void {
    this.#count({ form, model: other, status: statusLabel(status), stream: 'false' });
  }

  ended(record: RequestRecord, code: string | undefined): void {
    const { form, status, stream, tokens, cost, tries } = record;
    const { duration, firstByte, overhead, tokens: tokenCount, cost: costs, clients } = this.#metrics;
    const model = this.#models.of(record.model === null ? undefined : this.#listedModel(record.model));
    const provider = this.#providers.of(record.provider);
    this.#count({ form, model, status: statusLabel(status ?? 499), stream: String(stream) });
    const total = record.total_ms ?? 0;
    duration.observe({ form, provider }, total / 1_000);
    if (record.first_byte_ms !== null) firstByte.observe({ form, provider }, record.first_byte_ms / 1_000);
    const upstream = tries.reduce((sum, { ms }) => sum + ms, 0);
    overhead.observe({ form }, Math.max(0, total - upstream) / 1_000);
    for (const direction of ['input', 'output', 'reasoning', 'cache_read', 'cache_write'] as const) {
      const count = tokens[direction] ?? 0;
      if (count > 0) tokenCount.inc({ model, direction }, count);
    }
    if (cost.usd !== null && cost.usd > 0) costs.inc({ model, billed: String(cost.billed) }, cost.usd);
    const limited = code !== undefined && limitCodes.has(code);
    const outcome = limited ? 'limited' : record.outcome === 'success' ? 'ok' : 'failed';
    clients.inc({ key: this.#clients.of(record.key_name), outcome });
  }

  #count(labels: { form: string; model: string; status: string; stream: string }): void {
    const isWithin = this.#series.of(Object.values(labels).join('\n')) !== other;
    this.#metrics.requests.inc(isWithin ? labels : { ...labels, model: other });
  }
}

function createMetrics({ Counter, Histogram }: Prometheus, registers: Registry[]) {
  return {
    requests: new Counter({
      name: 'cli_proxy_requests_total',
      help: 'Model requests that have ended, by client format, model, status and whether a stream was asked for.',
      labelNames: ['form', 'model', 'status', 'stream'] as const,
      registers,
    }),
    duration: new Histogram({
      name: 'cli_proxy_request_duration_seconds',
      help: 'From the request to the end of its response.',
      labelNames: ['form', 'provider'] as const,
      buckets: requestBuckets,
      registers,
    }),
    firstByte: new Histogram({
      name: 'cli_proxy_first_byte_seconds',
      help: 'From the request to the first byte of its response.',
      labelNames: ['form', 'provider'] as const,
      buckets: requestBuckets,
      registers,
    }),
    overhead: new Histogram({
      name: 'cli_proxy_overhead_seconds',
      help: 'Time of a request that was not spent upstream. Measured in whole milliseconds.',
      labelNames: ['form'] as const,
      buckets: overheadBuckets,
      registers,
    }),
    tries: new Counter({
      name: 'cli_proxy_upstream_tries_total',
      help: 'Calls of upstreams, by how they ended.',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
    tokens: new Counter({
      name: 'cli_proxy_tokens_total',
      help: 'Tokens that upstreams counted. The cached ones are part of input, reasoning is part of output.',
      labelNames: ['model', 'direction'] as const,
      registers,
    }),
    cost: new Counter({
      name: 'cli_proxy_cost_usd_total',
      help: 'What requests cost in US dollars; billed="false": what they would have cost with a key.',
      labelNames: ['model', 'billed'] as const,
      registers,
    }),
    clients: new Counter({
      name: 'cli_proxy_client_requests_total',
      help: 'Requests by the name of the client policy.',
      labelNames: ['key', 'outcome'] as const,
      registers,
    }),
    refreshes: new Counter({
      name: 'cli_proxy_token_refreshes_total',
      help: 'Refreshes of account tokens.',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
  };
}
