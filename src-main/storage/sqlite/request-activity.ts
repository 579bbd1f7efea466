// What each credential answered and refused, by pieces of time. Requests that took several tries count for each of them.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { RequestTry } from '../../../src-shared/contract/requests.ts';
import type { ActivityQuery, CredentialActivity } from '../ledger.ts';
import { idBytesAt } from '../request-id.ts';

/** Rows that are read before other commands get their turn. */
const rowsAtOnce = 20_000;

interface Counts {
  readonly answered: number[];
  readonly refused: number[];
}

/** The requester's own mistakes, such as 400, say nothing of the credential. */
const isRefusal = (status: number | null): boolean =>
  status === null || status >= 500 || [401, 402, 403, 408, 429].includes(status);

const piece = `
  SELECT requests.id AS id, requests.started AS started, requests.detail AS detail, facets.credential AS credential,
    facets.status AS status, facets.outcome AS outcome
  FROM requests JOIN facets ON facets.id = requests.facet WHERE requests.id > ? ORDER BY requests.id LIMIT ${rowsAtOnce}`;

/** In no order. */
export async function readActivity(
  database: DatabaseSync,
  { from, slotMs, slots }: ActivityQuery,
): Promise<readonly CredentialActivity[]> {
  const all = new Map<string, Counts>();
  const count = (credential: string | null, slot: number, kind: keyof Counts) => {
    if (credential === null || slot < 0 || slot >= slots) return;
    let counts = all.get(credential);
    if (counts === undefined) {
      counts = { answered: new Array(slots).fill(0), refused: new Array(slots).fill(0) };
      all.set(credential, counts);
    }
    counts[kind][slot] = (counts[kind][slot] ?? 0) + 1;
  };
  const read = database.prepare(piece);
  let after: Uint8Array = idBytesAt(from);
  for (;;) {
    let rows = 0;
    for (const { id, started, detail, credential, status, outcome } of read.iterate(after)) {
      rows += 1;
      after = id as Uint8Array;
      const slot = Math.floor((Number(started) - from) / slotMs);
      const tries = triesOf(detail);
      for (const { credential: tried, status: got, error } of tries ?? []) {
        if (error === null) count(tried, slot, 'answered');
        else if (isRefusal(got)) count(tried, slot, 'refused');
      }
      if (tries !== undefined) continue;
      if (outcome === 'success') count(credential as string | null, slot, 'answered');
      else if (outcome === 'failure' && isRefusal(status as number | null))
        count(credential as string | null, slot, 'refused');
    }
    if (rows < rowsAtOnce) return [...all].map(([credential, counts]) => ({ credential, ...counts }));
    await yieldToOthers();
  }
}

/** Undefined where the only try says no more than the request. */
function triesOf(detail: unknown): readonly RequestTry[] | undefined {
  if (typeof detail !== 'string' || !detail.startsWith('{"tries"')) return undefined;
  return (JSON.parse(detail) as { readonly tries: readonly RequestTry[] }).tries;
}
