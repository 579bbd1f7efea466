// Sums over the history, a piece at a time.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { localDay } from '../../lib/time/local-time.ts';
import type { CostStepSums, CostStepsQuery, RequestSums, SumsBy, SumsQuery } from '../ledger.ts';
import { idBytesAt } from '../request-id.ts';

/** Rows that are summed before other commands get their turn. */
const rowsAtOnce = 50_000;
/** Local days begin at a quarter of an hour everywhere. */
const slotMs = 15 * 60 * 1000;

interface Group {
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

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Sums = Writable<RequestSums>;

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

/** Counted tokens have no costs, so requests that only count are left out. */
const sumsOfPiece = `
  SELECT facets.key_id, facets.key, facets.key_name, facets.model, facets.model_sent, facets.source, facets.credential,
    facets.auth_index, facets.billed, sums.*
  FROM (SELECT facet, started / ${slotMs} AS slot, count(*) AS requests, sum(usd) AS usd, count(usd) AS priced,
      sum(coalesce(input, 0) + coalesce(output, 0)) AS tokens, sum(coalesce(input, 0)) AS input,
      sum(coalesce(cache_read, 0)) AS cache_read
    FROM requests WHERE id >= ? AND id < ? GROUP BY facet, slot) AS sums
  JOIN facets ON facets.id = sums.facet WHERE facets.form <> 'count'`;

/** In no order. */
export async function readSums(database: DatabaseSync, { by, ...range }: SumsQuery): Promise<readonly RequestSums[]> {
  const sums = new Map<string, Sums>();
  for await (const group of groupsOf(database, range)) add(sums, by, group);
  return [...sums.values()];
}

/** Costs by local hour or day and model, in no order. */
export async function readCostSteps(
  database: DatabaseSync,
  { step, ...range }: CostStepsQuery,
): Promise<readonly CostStepSums[]> {
  const steps = new Map<string, Writable<CostStepSums>>();
  for await (const group of groupsOf(database, range)) addStep(steps, startOf(step, group.slot * slotMs), group);
  return [...steps.values()];
}

function startOf(step: 'hour' | 'day', ms: number): number {
  const date = new Date(ms);
  return step === 'day' ? date.setHours(0, 0, 0, 0) : date.setMinutes(0, 0, 0);
}

/** Requests that have their facet and their quarter of an hour in common, summed. */
async function* groupsOf(
  database: DatabaseSync,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): AsyncGenerator<Group> {
  const first = idBytesAt(from ?? 0);
  const startOfPiece = database.prepare(
    `SELECT id FROM requests WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1 OFFSET ${rowsAtOnce - 1}`,
  );
  const read = database.prepare(sumsOfPiece);
  let end: Uint8Array = to === undefined ? Buffer.alloc(16, 0xff) : idBytesAt(to);
  for (;;) {
    const start = startOfPiece.get(first, end)?.id as Uint8Array | undefined;
    // The columns are those of the statement above.
    for (const row of read.iterate(start ?? first, end)) yield row as unknown as Group;
    if (start === undefined) return;
    end = start;
    await yieldToOthers();
  }
}

function add(all: Map<string, Sums>, by: SumsBy, group: Group): void {
  const { id, name } = groupOf[by](group);
  const sums = all.get(id) ?? { id, name, usd: null, requests: 0, unknown: 0, tokens: 0, billed: false };
  all.set(id, sums);
  if (group.usd !== null) sums.usd = (sums.usd ?? 0) + group.usd;
  sums.requests += group.requests;
  sums.unknown += group.requests - group.priced;
  sums.tokens += group.tokens;
  sums.billed ||= group.billed === 1;
}

function addStep(all: Map<string, Writable<CostStepSums>>, start: number, group: Group): void {
  const sent = group.model_sent ?? group.model ?? '';
  const asked = group.model ?? sent;
  const id = JSON.stringify([start, asked, sent, group.billed]);
  const sums = all.get(id) ?? {
    ...{ start, asked, sent, billed: group.billed === 1, usd: null },
    ...{ requests: 0, unknown: 0, tokens: 0, input: 0, cacheRead: 0 },
  };
  all.set(id, sums);
  if (group.usd !== null) sums.usd = (sums.usd ?? 0) + group.usd;
  sums.requests += group.requests;
  sums.unknown += group.requests - group.priced;
  sums.tokens += group.tokens;
  sums.input += group.input;
  sums.cacheRead += group.cache_read;
}
