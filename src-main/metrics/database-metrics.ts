// How long the database takes.
import type { Histogram, Registry } from 'prom-client';
import { BoundedNames } from './bounded-labels.ts';
import type { Prometheus } from './request-metrics.ts';

/** Seconds. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
const maxQueries = 100;

export class DatabaseMetrics {
  readonly #names = new BoundedNames(maxQueries);
  readonly #queries: Histogram;
  readonly #changes: Histogram;

  constructor({ Histogram }: Prometheus, registry: Registry) {
    this.#queries = new Histogram({
      name: 'cli_proxy_database_query_duration_seconds',
      help: 'How long statements of the database took.',
      labelNames: ['query'],
      buckets,
      registers: [registry],
    });
    this.#changes = new Histogram({
      name: 'cli_proxy_change_delay_seconds',
      help: 'How long changes of other instances took to be in force here.',
      buckets,
      registers: [registry],
    });
  }

  queried(name: string, seconds: number): void {
    this.#queries.observe({ query: this.#names.of(name) }, seconds);
  }

  changeReceived(seconds: number): void {
    this.#changes.observe(seconds);
  }
}
