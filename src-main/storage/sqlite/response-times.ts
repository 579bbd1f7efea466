// How long successful requests took, by pieces of time. The times of a piece are counted in bands that are two percent
// wide, so that a million requests need no more memory than a thousand.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { ResponseTimeSlot, ResponseTimesQuery } from '../ledger.ts';
import { idBytesAt } from '../request-id.ts';

/** Rows that are read before other commands get their turn. */
const rowsAtOnce = 50_000;
const bandWidth = Math.log(1.02);

const bandOf = (ms: number): number => Math.round(Math.log(Math.max(1, ms)) / bandWidth);
const middleOf = (band: number): number => Math.round(Math.exp(band * bandWidth));

const piece = `
  SELECT requests.id AS id, requests.started AS started, requests.total_ms AS ms, facets.outcome AS outcome,
    facets.model AS asked, facets.model_sent AS sent
  FROM requests JOIN facets ON facets.id = requests.facet
  WHERE requests.id > ? ORDER BY requests.id LIMIT ${rowsAtOnce}`;

/** The oldest piece first. */
export async function readResponseTimes(
  database: DatabaseSync,
  { from, slotMs, slots, model }: ResponseTimesQuery,
): Promise<readonly ResponseTimeSlot[]> {
  const bands = Array.from({ length: slots }, () => new Map<number, number>());
  const read = database.prepare(piece);
  let after: Uint8Array = idBytesAt(from);
  for (;;) {
    let rows = 0;
    let isPast = false;
    for (const { id, started, ms, outcome, asked, sent } of read.iterate(after)) {
      rows += 1;
      after = id as Uint8Array;
      const slot = Math.floor((Number(started) - from) / slotMs);
      if (slot >= slots) isPast = true;
      if (isPast) break;
      if (model !== undefined && asked !== model && sent !== model) continue;
      const counts = outcome === 'success' && ms !== null ? bands[slot] : undefined;
      if (counts === undefined) continue;
      const band = bandOf(Number(ms));
      counts.set(band, (counts.get(band) ?? 0) + 1);
    }
    if (isPast || rows < rowsAtOnce) return bands.map(slotOf);
    await yieldToOthers();
  }
}

function slotOf(counts: ReadonlyMap<number, number>): ResponseTimeSlot {
  const sorted = [...counts].sort(([one], [other]) => one - other);
  const requests = sorted.reduce((sum, [, count]) => sum + count, 0);
  const faster = (share: number): number | null => {
    let left = Math.ceil(requests * share);
    for (const [band, count] of sorted) {
      left -= count;
      if (left <= 0) return middleOf(band);
    }
    return null;
  };
  return requests === 0 ? { requests, median: null, p95: null } : { requests, median: faster(0.5), p95: faster(0.95) };
}
