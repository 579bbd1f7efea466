// Sums over the history.
import type {
  CostStepSums,
  CostStepsQuery,
  RequestSums,
  ResponseTimeSlot,
  ResponseTimesQuery,
  SumsQuery,
} from '../../storage/ledger.ts';
import { addGroup, addStep, type Group, slotMs } from '../../storage/request-groups.ts';
import { idBytesAt, idOfBytes } from '../../storage/request-id.ts';
import type { Database, Statement } from '../connection/database.ts';

/** Counted tokens have no costs, so requests that only count are left out. */
const sums: Statement = {
  name: 'request_sums',
  text: `select key_id, key, key_name, model, model_sent, source, credential, auth_index, billed,
      started / ${slotMs} as slot, count(*) as requests, sum(usd) as usd, count(usd) as priced,
      sum(coalesce(input, 0) + coalesce(output, 0)) as tokens, sum(coalesce(input, 0)) as input,
      sum(coalesce(cache_read, 0)) as cache_read
    from requests where id >= $1 and id < $2 and form <> 'count' group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
};
const times: Statement = {
  name: 'response_times',
  text: `select (started - $1) / $2 as slot, count(*) as requests,
      percentile_disc(0.5) within group (order by total_ms) as median,
      percentile_disc(0.95) within group (order by total_ms) as p95
    from requests where id >= $3 and id < $4 and started >= $1 and outcome = 'success' and total_ms is not null
      and ($5::text is null or model = $5 or model_sent = $5) group by 1`,
};

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** In no order. */
export async function readSums(database: Database, { by, ...range }: SumsQuery): Promise<readonly RequestSums[]> {
  const all = new Map<string, RequestSums>();
  for (const group of await groupsOf(database, range)) addGroup(all, by, group);
  return [...all.values()];
}

/** In no order. */
export async function readCostSteps(database: Database, { step, ...range }: CostStepsQuery) {
  const all = new Map<string, CostStepSums>();
  for (const group of await groupsOf(database, range)) addStep(all, step, group);
  return [...all.values()];
}

interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

async function groupsOf(database: Database, { from, to }: Range): Promise<readonly Group[]> {
  const first = idOfBytes(idBytesAt(from ?? 0));
  const rows = await database.query('work', sums, [first, to === undefined ? lastId : idOfBytes(idBytesAt(to))]);
  const numbers = ['slot', 'requests', 'priced', 'tokens', 'input', 'cache_read'];
  return rows.map((row) => ({
    // The columns are those of the statement above; numbers of eight bytes come as texts.
    ...(row as unknown as Group),
    ...Object.fromEntries(numbers.map((name) => [name, Number(row[name])])),
    billed: row.billed === true ? 1 : 0,
  }));
}

/** The oldest piece first. */
export async function readResponseTimes(
  database: Database,
  { from, slotMs: ms, slots, model }: ResponseTimesQuery,
): Promise<readonly ResponseTimeSlot[]> {
  const ids = [from, from + slots * ms].map((time) => idOfBytes(idBytesAt(time)));
  const rows = await database.query('work', times, [Math.floor(from), ms, ...ids, model ?? null]);
  const bySlot = new Map(rows.map((row) => [Number(row.slot), row]));
  return Array.from({ length: slots }, (_, slot) => {
    const row = bySlot.get(slot);
    if (row === undefined) return { requests: 0, median: null, p95: null };
    return { requests: Number(row.requests), median: Number(row.median), p95: Number(row.p95) };
  });
}
