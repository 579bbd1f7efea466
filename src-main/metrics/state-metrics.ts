// What is read from the program at the moment that somebody asks.
import type { Registry } from 'prom-client';
import { BoundedNames } from './bounded-labels.ts';
import type { Prometheus } from './request-metrics.ts';

export interface StateSources {
  readonly version: string;
  /** Requests at present; `queued`: those of them that wait for a place. */
  readonly load: () => { readonly running: number; readonly queued: number };
  readonly accounts: () => readonly { readonly provider: string; readonly status: string }[];
  readonly cooldowns: () => readonly { readonly provider: string; readonly kind: string }[];
  readonly config: () => { readonly revision: number; readonly isInvalid: boolean };
  /** Records of requests on their way to the history, and those that came there or were given up. */
  readonly webhooks: () => Readonly<Record<'delivered' | 'failed' | 'dropped', number>>;
  readonly limits: () => Promise<readonly LimitValue[]>;
  /** Undefined without a database that is shared with other instances. */
  readonly database: () => DatabaseState | undefined;
  readonly ledger: () => { readonly waiting: number; readonly written: number; readonly dropped: number };
}

export interface DatabaseState {
  readonly isUp: boolean;
  readonly clockOffsetMs: number;
  readonly instances: number;
  readonly connections: readonly { readonly pool: string; readonly state: string; readonly count: number }[];
}

export interface LimitValue {
  readonly provider: string;
  /** `auth_index` of the account. */
  readonly index: string;
  readonly window: string;
  /** From 0 to 1. */
  readonly used: number;
}

interface Value {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Row {
  readonly kind: 'gauge' | 'counter';
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: (sources: StateSources) => readonly Value[] | Promise<readonly Value[]>;
}

const maxProviders = 200;
const maxWindows = 200;

const rows: readonly Row[] = [
  {
    kind: 'gauge',
    name: 'cli_proxy_requests_running',
    help: 'Requests under way.',
    read: ({ load }) => [{ value: load().running }],
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_requests_queued',
    help: 'Requests under way that wait for an account or key to have room.',
    read: ({ load }) => [{ value: load().queued }],
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_accounts',
    help: 'Account files by provider and status.',
    labels: ['provider', 'status'],
    read: ({ accounts }) => {
      // A file may name a provider that there is not.
      const providers = new BoundedNames(maxProviders);
      return counted(accounts(), ({ provider, status }) => ({ provider: providers.of(provider), status }));
    },
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_cooldowns',
    help: 'Cooldowns of accounts and keys; hard: left out, soft: asked when nobody else is left.',
    labels: ['provider', 'status'],
    read: ({ cooldowns }) => counted(cooldowns(), ({ provider, kind }) => ({ provider, status: kind })),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_config_revision',
    help: 'Rises with every change of the config.',
    read: ({ config }) => [{ value: config().revision }],
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_config_broken',
    help: '1 while the config on disk is invalid and the last good one is in force.',
    read: ({ config }) => [{ value: config().isInvalid ? 1 : 0 }],
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_ledger_waiting',
    help: 'Records of requests that are not in the history yet.',
    read: ({ ledger }) => [{ value: ledger().waiting }],
  },
  {
    kind: 'counter',
    name: 'cli_proxy_ledger_written_total',
    help: 'Records of requests that were written to the history since the start.',
    read: ({ ledger }) => [{ value: ledger().written }],
  },
  {
    kind: 'counter',
    name: 'cli_proxy_ledger_dropped_total',
    help: 'Records of requests that were given up since the start, because the history could not be written.',
    read: ({ ledger }) => [{ value: ledger().dropped }],
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_account_limit_used_ratio',
    help: 'What is used of the limits of accounts, as their providers say it; 1: all.',
    labels: ['provider', 'auth_index', 'window'],
    read: async ({ limits }) => {
      const windows = new BoundedNames(maxWindows);
      return (await limits()).map(({ provider, index, window, used }) => ({
        value: used,
        labels: { provider, auth_index: index, window: windows.of(window) },
      }));
    },
  },
  {
    kind: 'counter',
    name: 'cli_proxy_webhooks_total',
    help: 'Webhooks delivered, attempts that failed, and webhooks given up, since the start.',
    labels: ['outcome'],
    read: ({ webhooks }) => Object.entries(webhooks()).map(([outcome, value]) => ({ value, labels: { outcome } })),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_database_up',
    help: '1 while the database that instances share can be asked.',
    read: ({ database }) => ofDatabase(database(), ({ isUp }) => (isUp ? 1 : 0)),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_database_clock_offset_seconds',
    help: 'By how much the clock of the database is ahead of this machine.',
    read: ({ database }) => ofDatabase(database(), ({ clockOffsetMs }) => clockOffsetMs / 1_000),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_instances',
    help: 'Instances on the database that live.',
    read: ({ database }) => ofDatabase(database(), ({ instances }) => instances),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_database_connections',
    help: 'Connections of this instance to the database.',
    labels: ['pool', 'state'],
    read: ({ database }) =>
      (database()?.connections ?? []).map(({ pool, state, count }) => ({ value: count, labels: { pool, state } })),
  },
  {
    kind: 'gauge',
    name: 'cli_proxy_build_info',
    help: 'Always 1.',
    labels: ['version', 'node'],
    read: ({ version }) => [{ value: 1, labels: { version, node: process.version } }],
  },
];

export function registerState({ Counter, Gauge }: Prometheus, registry: Registry, sources: StateSources): void {
  for (const { kind, name, help, labels = [], read } of rows) {
    const common = { name, help, labelNames: [...labels], registers: [registry] };
    if (kind === 'gauge') {
      const gauge: InstanceType<typeof Gauge> = new Gauge({
        ...common,
        collect: async () => {
          const values = await read(sources);
          gauge.reset();
          for (const { value, labels: own = {} } of values) gauge.set(own, value);
        },
      });
    } else {
      const counter: InstanceType<typeof Counter> = new Counter({
        ...common,
        collect: async () => {
          const values = await read(sources);
          counter.reset();
          for (const { value, labels: own = {} } of values) counter.inc(own, value);
        },
      });
    }
  }
}

const ofDatabase = (state: DatabaseState | undefined, value: (state: DatabaseState) => number): readonly Value[] =>
  state === undefined ? [] : [{ value: value(state) }];

function counted<T>(
  items: readonly T[],
  labelsOf: (item: T) => Readonly<Record<string, string>>,
): readonly Required<Value>[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(labelsOf(item)));
  return [...groups.entries()].map(([labels, all]) => ({ value: all.length, labels: JSON.parse(labels) }));
}
