// How rows of the history are summed, whatever keeps them.
import type { RequestTry } from '../../src-shared/contract/requests.ts';
import { localDay } from '../lib/time/local-time.ts';
import type { ActivityQuery, CostStepSums, CostStepsQuery, CredentialActivity, RequestSums, SumsBy } from './ledger.ts';

/** Local days begin at a quarter of an hour everywhere. */
export const slotMs = 15 * 60 * 1000;

/** Requests that have all of this in common, and began within one slot. */
export interface Group {
  readonly key_id: string | null;
  readonly key: string | null;
  readonly key_name: string | null;
  readonly model: string | null;
  readonly model_sent: string | null;
  readonly source: string | null;
  readonly credential: string | null;
  readonly auth_index: string | null;
  readonly billed: number;
  readonly slot: number;
  readonly requests: number;
  readonly usd: number | null;
  readonly priced: number;
  readonly tokens: number;
  readonly input: number;
  readonly cache_read: number;
}

const groupOf: Readonly<Record<SumsBy, (group: Group) => Pick<RequestSums, 'id' | 'name'>>> = {
  model: ({ model, model_sent }) => named(model_sent ?? model),
  key: ({ key_id, key, key_name }) => ({ id: key_id ?? '', name: key_name ?? key ?? '' }),
  account: ({ source, credential, auth_index }) => ({
    id: auth_index ?? '',
    name: credential === null || credential === source ? (source ?? '') : `${source}:${credential}`,
  }),
  day: ({ slot }) => named(localDay(slot * slotMs)),
};

const named = (text: string | null) => ({ id: text ?? '', name: text ?? '' });

type Sums = Pick<RequestSums, 'usd' | 'requests' | 'unknown' | 'tokens'>;

const added = (before: Sums, { usd, requests, priced, tokens }: Group): Sums => ({
  usd: usd === null ? before.usd : (before.usd ?? 0) + usd,
  requests: before.requests + requests,
  unknown: before.unknown + requests - priced,
  tokens: before.tokens + tokens,
});

/** Adds the requests of a group to the sums they belong to. */
export function addGroup(all: Map<string, RequestSums>, by: SumsBy, group: Group): void {
  const { id, name } = groupOf[by](group);
  const before = all.get(id) ?? { id, name, usd: null, requests: 0, unknown: 0, tokens: 0, billed: false };
  all.set(id, {
    ...before,
    ...added(before, group),
    billed: before.billed || group.billed === 1,
  });
}

/** The same by local hours or days and models. */
export function addStep(all: Map<string, CostStepSums>, step: CostStepsQuery['step'], group: Group): void {
  const start = startOf(step, group.slot * slotMs);
  const sent = group.model_sent ?? group.model ?? '';
  const asked = group.model ?? sent;
  const id = JSON.stringify([start, asked, sent, group.billed]);
  const before = all.get(id) ?? {
    ...{ start, asked, sent, billed: group.billed === 1, usd: null },
    ...{ requests: 0, unknown: 0, tokens: 0, input: 0, cacheRead: 0 },
  };
  all.set(id, {
    ...before,
    ...added(before, group),
    input: before.input + group.input,
    cacheRead: before.cacheRead + group.cache_read,
  });
}

function startOf(step: 'hour' | 'day', ms: number): number {
  const date = new Date(ms);
  return step === 'day' ? date.setHours(0, 0, 0, 0) : date.setMinutes(0, 0, 0);
}

interface Counts {
  readonly answered: number[];
  readonly refused: number[];
}

/** What activity needs of a request. */
export interface ActivityRow {
  readonly started: number;
  readonly detail: string | null;
  readonly credential: string | null;
  readonly status: number | null;
  readonly outcome: string | null;
}

/** What each credential answered and refused. Requests that took several tries count for each of them. */
export class ActivityCounts {
  readonly #query: ActivityQuery;
  readonly #all = new Map<string, Counts>();

  constructor(query: ActivityQuery) {
    this.#query = query;
  }

  add({ started, detail, credential, status, outcome }: ActivityRow): void {
    const slot = Math.floor((started - this.#query.from) / this.#query.slotMs);
    const tries = triesOf(detail);
    for (const { credential: tried, status: got, error } of tries ?? []) {
      if (error === null) this.#count(tried, slot, 'answered');
      else if (isRefusal(got)) this.#count(tried, slot, 'refused');
    }
    if (tries !== undefined) return;
    if (outcome === 'success') this.#count(credential, slot, 'answered');
    else if (outcome === 'failure' && isRefusal(status)) this.#count(credential, slot, 'refused');
  }

  /** In no order. */
  list(): readonly CredentialActivity[] {
    return [...this.#all].map(([credential, counts]) => ({ credential, ...counts }));
  }

  #count(credential: string | null, slot: number, kind: keyof Counts): void {
    const { slots } = this.#query;
    if (credential === null || slot < 0 || slot >= slots) return;
    let counts = this.#all.get(credential);
    if (counts === undefined) {
      counts = { answered: new Array(slots).fill(0), refused: new Array(slots).fill(0) };
      this.#all.set(credential, counts);
    }
    counts[kind][slot] = (counts[kind][slot] ?? 0) + 1;
  }
}

/** The requester's own mistakes, such as 400, say nothing of the credential. */
const isRefusal = (status: number | null): boolean =>
  status === null || status >= 500 || [401, 402, 403, 408, 429].includes(status);

/** Undefined where the only try says no more than the request. */
function triesOf(detail: string | null): readonly RequestTry[] | undefined {
  if (detail === null || !detail.startsWith('{"tries"')) return undefined;
  return (JSON.parse(detail) as { readonly tries: readonly RequestTry[] }).tries;
}
