// Sums over the history, a piece at a time.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { CostStepSums, CostStepsQuery, RequestSums, SumsQuery } from '../ledger.ts';
import { addGroup, addStep, type Group, slotMs } from '../request-groups.ts';
import { idBytesAt } from '../request-id.ts';

/** Rows that are summed before other commands get their turn. */
const rowsAtOnce = 50_000;
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
  const sums = new Map<string, RequestSums>();
  for await (const group of groupsOf(database, range)) addGroup(sums, by, group);
  return [...sums.values()];
}

/** Costs by local hour or day and model, in no order. */
export async function readCostSteps(
  database: DatabaseSync,
  { step, ...range }: CostStepsQuery,
): Promise<readonly CostStepSums[]> {
  const steps = new Map<string, CostStepSums>();
  for await (const group of groupsOf(database, range)) addStep(steps, step, group);
  return [...steps.values()];
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
