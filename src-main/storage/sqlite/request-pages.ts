// Pages of the history. What many requests share is filtered first; its rows are then found by index where few sets of
// fields fit, and otherwise by reading backwards, a piece at a time.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type { PageQuery, RequestFilter } from '../ledger.ts';
import { contains, type Facet, facetContains, fitsFacet } from '../request-filter.ts';
import { idBytes, idBytesAt, idOfBytes } from '../request-id.ts';
import { recordColumns, recordOf } from './request-rows.ts';

/** Rows that are looked at before other commands get their turn. */
const rowsAtOnce = 20_000;
/** Up to so many index look-ups are quicker than reading backwards. */
const maxLookups = 400;

interface Range {
  readonly from: Uint8Array;
  /** Outside. */
  readonly to: Uint8Array;
}

/** What of the shared fields and texts fits. */
interface Matches {
  /** Facets that fit everything but `q`. */
  readonly facets: ReadonlySet<number>;
  /** Those of them with `q` in them; all, without one. */
  readonly whole: ReadonlySet<number>;
  /** Sessions and errors with `q` in them. */
  readonly sessions: ReadonlySet<number>;
  readonly errors: ReadonlySet<number>;
  /** Hexadecimal digits that an id may contain; undefined: no id can. */
  readonly idPart: string | undefined;
}

export async function readPage(database: DatabaseSync, query: PageQuery): Promise<readonly RequestRecord[]> {
  const { filter, limit } = query;
  const range = rangeOf(query);
  const { model, key, source, status, q } = filter;
  const isPlain = [model, key, source, status, q].every((value) => value === undefined);
  if (isPlain) {
    const rows = database
      .prepare(`SELECT ${recordColumns} FROM requests JOIN facets ON facets.id = requests.facet
        WHERE requests.id >= ? AND requests.id < ? ORDER BY requests.id DESC LIMIT ?`)
      .all(range.from, range.to, limit);
    return rows.map(recordOf);
  }
  const matches = await matchesOf(database, filter);
  if (matches.facets.size === 0) return [];
  const { whole, sessions, errors, idPart } = matches;
  const isSmall = whole.size + sessions.size + errors.size <= maxLookups && idPart === undefined;
  const ids = isSmall ? lookUp(database, matches, range, limit) : await readBackwards(database, matches, range, limit);
  const one = database.prepare(
    `SELECT ${recordColumns} FROM requests JOIN facets ON facets.id = requests.facet WHERE requests.id = ?`,
  );
  return ids.flatMap((id) => {
    const row = one.get(id);
    return row === undefined ? [] : [recordOf(row)];
  });
}

function rangeOf({ filter: { from, to }, before }: PageQuery): Range {
  const ends = [to === undefined ? undefined : idBytesAt(to), before === undefined ? undefined : idBytes(before)];
  const known = ends.filter((end) => end !== undefined).sort(Buffer.compare);
  return { from: idBytesAt(from ?? 0), to: known[0] ?? Buffer.alloc(16, 0xff) };
}

async function matchesOf(database: DatabaseSync, filter: RequestFilter): Promise<Matches> {
  const q = filter.q?.toLowerCase();
  const facets = new Set<number>();
  const whole = new Set<number>();
  await eachRow(database, "SELECT *, 'done' AS state FROM facets WHERE id > ? ORDER BY id LIMIT ?", (row) => {
    // The columns of the table are the fields of a facet.
    const facet = row as unknown as Facet;
    if (!fitsFacet(facet, filter)) return;
    facets.add(Number(row.id));
    if (q === undefined || facetContains(facet, q)) whole.add(Number(row.id));
  });
  const sessions = new Set<number>();
  const errors = new Set<number>();
  if (q === undefined) return { facets, whole, sessions, errors, idPart: undefined };
  await eachRow(
    database,
    "SELECT id, kind, text FROM texts WHERE id > ? AND kind <> 'route' ORDER BY id LIMIT ?",
    ({ id, kind, text }) => {
      if (contains(String(text), q)) (kind === 'session' ? sessions : errors).add(Number(id));
    },
  );
  return { facets, whole, sessions, errors, idPart: /^[0-9a-f-]{1,36}$/.test(q) ? q : undefined };
}

/** All rows of a statement with the number to begin after and how many to read. */
async function eachRow(database: DatabaseSync, sql: string, see: (row: Record<string, unknown>) => void) {
  const statement = database.prepare(sql);
  for (let after: SQLInputValue = 0; ; ) {
    let count = 0;
    for (const row of statement.iterate(after, rowsAtOnce)) {
      see(row);
      after = row.id ?? null;
      count += 1;
    }
    if (count < rowsAtOnce) return;
    await yieldToOthers();
  }
}

/** The newest of each facet, session and error that fits, and of these the newest. */
function lookUp(database: DatabaseSync, matches: Matches, { from, to }: Range, limit: number): readonly Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const select = (column: string) =>
    database.prepare(
      `SELECT id, facet FROM requests WHERE ${column} = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
    );
  const add = (id: Uint8Array) => found.set(idOfBytes(id), id);
  const byFacet = select('facet');
  for (const facet of matches.whole) {
    for (const { id } of byFacet.iterate(facet, from, to, limit)) add(id as Uint8Array);
  }
  for (const [column, texts] of [['session', matches.sessions] as const, ['error', matches.errors] as const]) {
    const byText = select(column);
    for (const text of texts) {
      let count = 0;
      for (const { id, facet } of byText.iterate(text, from, to, -1)) {
        if (!matches.facets.has(Number(facet))) continue;
        add(id as Uint8Array);
        count += 1;
        if (count >= limit) break;
      }
    }
  }
  const ids = [...found].sort(([a], [b]) => (a < b ? 1 : -1));
  return ids.slice(0, limit).map(([, id]) => id);
}

async function readBackwards(database: DatabaseSync, matches: Matches, { from, to }: Range, limit: number) {
  const { facets, whole, sessions, errors, idPart } = matches;
  const statement = database.prepare(
    'SELECT id, facet, session, error FROM requests WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
  );
  const found: Uint8Array[] = [];
  for (let end = to; ; ) {
    let count = 0;
    for (const { id, facet, session, error } of statement.iterate(from, end, rowsAtOnce)) {
      end = id as Uint8Array;
      count += 1;
      if (!facets.has(Number(facet))) continue;
      const fits =
        whole.has(Number(facet)) ||
        (session !== null && sessions.has(Number(session))) ||
        (error !== null && errors.has(Number(error))) ||
        (idPart !== undefined && idOfBytes(end).includes(idPart));
      if (fits) found.push(end);
      if (found.length >= limit) return found;
    }
    if (count < rowsAtOnce) return found;
    await yieldToOthers();
  }
}
