// What each credential answered and refused, by pieces of time. Requests that took several tries count for each of them.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { ActivityQuery, CredentialActivity } from '../ledger.ts';
import { ActivityCounts, type ActivityRow } from '../request-groups.ts';
import { idBytesAt } from '../request-id.ts';

/** Rows that are read before other commands get their turn. */
const rowsAtOnce = 20_000;

const piece = `
  SELECT requests.id AS id, requests.started AS started, requests.detail AS detail, facets.credential AS credential,
    facets.status AS status, facets.outcome AS outcome
  FROM requests JOIN facets ON facets.id = requests.facet WHERE requests.id > ? ORDER BY requests.id LIMIT ${rowsAtOnce}`;

/** In no order. */
export async function readActivity(
  database: DatabaseSync,
  query: ActivityQuery,
): Promise<readonly CredentialActivity[]> {
  const counts = new ActivityCounts(query);
  const read = database.prepare(piece);
  let after: Uint8Array = idBytesAt(query.from);
  for (;;) {
    let rows = 0;
    for (const row of read.iterate(after)) {
      rows += 1;
      after = row.id as Uint8Array;
      // The columns are those of the statement above.
      counts.add(row as unknown as ActivityRow);
    }
    if (rows < rowsAtOnce) return counts.list();
    await yieldToOthers();
  }
}
