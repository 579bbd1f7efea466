// Metrics in the text format of Prometheus. Nothing is loaded or counted before somebody first asks: whoever reads
// counters looks at how they rise, so where they begin does not matter.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import { DatabaseMetrics } from './database-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { registerState, type StateSources } from './state-metrics.ts';

export interface MetricsSources extends StateSources {
  /** The model or chain that a client means by a name; undefined for one that nobody offers. */
  readonly listedModel: (name: string) => string | undefined;
}

export interface MetricsText {
  /** `text/plain; version=0.0.4; charset=utf-8` */
  readonly type: string;
  readonly text: string;
}

/** Labels hold names of the config and models that are offered; never keys, addresses, e-mails or words of clients. */
export class Metrics {
  readonly #sources: MetricsSources;
  #loading: Promise<() => Promise<MetricsText>> | undefined;
  #requests: RequestMetrics | undefined;
  #database: DatabaseMetrics | undefined;

  constructor(sources: MetricsSources) {
    this.#sources = sources;
  }

  /** Everything that is measured. */
  async read(): Promise<MetricsText> {
    this.#loading ??= this.#load();
    const read = await this.#loading;
    return read();
  }

  tried(provider: string, outcome: string): void {
    this.#requests?.tried(provider, outcome);
  }

  ended(record: RequestRecord, code: string | undefined): void {
    this.#requests?.ended(record, code);
  }

  rejected(form: string, status: number): void {
    this.#requests?.rejected(form, status);
  }

  refreshed(provider: string, outcome: string): void {
    this.#requests?.refreshed(provider, outcome);
  }

  /** `name`: of a statement. */
  queried(name: string, seconds: number): void {
    this.#database?.queried(name, seconds);
  }

  /** How long a change of another instance took to come here. */
  changeReceived(seconds: number): void {
    this.#database?.changeReceived(seconds);
  }

  async #load(): Promise<() => Promise<MetricsText>> {
    const prometheus = await import('prom-client');
    const registry = new prometheus.Registry();
    const requests = new RequestMetrics(prometheus, registry, this.#sources.listedModel);
    registerState(prometheus, registry, this.#sources);
    prometheus.collectDefaultMetrics({ register: registry });
    this.#requests = requests;
    if (this.#sources.database() !== undefined) this.#database = new DatabaseMetrics(prometheus, registry);
    return async () => {
      const text = await registry.metrics();
      // The package writes the value of a gauge that has none yet in a way that strict readers do not take.
      return { type: registry.contentType, text: text.replaceAll(/ Nan$/gm, ' NaN') };
    };
  }
}
