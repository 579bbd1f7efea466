// The history of requests of all instances, in partitions by month.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type {
  ActivityQuery,
  CostStepSums,
  CostStepsQuery,
  CredentialActivity,
  Ledger,
  PageQuery,
  RequestSums,
  ResponseTimeSlot,
  ResponseTimesQuery,
  Retention,
  StoredRequest,
  SumsQuery,
} from '../../storage/ledger.ts';
import { fits } from '../../storage/request-filter.ts';
import { idBytesAt, idOfBytes } from '../../storage/request-id.ts';
import type { Database, Statement } from '../connection/database.ts';
import { activityOf } from './activity.ts';
import { conditionsOf } from './conditions.ts';
import { columnsText, recordOf, rowOf } from './request-rows.ts';
import { readCostSteps, readResponseTimes, readSums } from './sums.ts';

const insert: Statement = {
  name: 'insert_requests',
  text: `insert into requests(${columnsText}) select ${columnsText} from json_populate_recordset(null::requests, $1)
    on conflict (id) do nothing`,
};
const one: Statement = { name: 'one_request', text: `select ${columnsText} from requests where id = $1` };
const clear: Statement = {
  name: 'clear_requests',
  text: 'with gone as (delete from requests returning 1) select count(*)::int as count from gone',
};
const makePartitions: Statement = { name: 'make_partitions', text: 'select make_partitions()' };
const partitions: Statement = {
  name: 'partitions',
  text: `select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes from pg_inherits i
    join pg_class c on c.oid = i.inhrelid where i.inhparent = 'requests'::regclass and c.relname ~ '_\\d{4}_\\d\\d$'
    order by c.relname`,
};
const removeBefore: Statement = {
  name: 'remove_requests',
  text: 'with gone as (delete from requests where id < $1 returning 1) select count(*)::int as count from gone',
};

/** Rows that are read at once where a filter is not one of the index. */
const rowsAtOnce = 2_000;
/** A text is looked for in so many of the newest rows. */
const maxSearched = 200_000;
const dayMs = 24 * 3600 * 1000;

export class DatabaseLedger implements Ledger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(requests: readonly StoredRequest[]): Promise<void> {
    const rows = requests.map(rowOf);
    await this.#database.query('work', insert, [JSON.stringify(rows)]);
  }

  async page({ filter, before, limit }: PageQuery): Promise<readonly RequestRecord[]> {
    const found: RequestRecord[] = [];
    let end = before;
    for (let searched = 0; searched < maxSearched; ) {
      const { text, values } = conditionsOf(filter, end);
      const isSearch = filter.q !== undefined;
      const size = isSearch ? rowsAtOnce : Math.min(rowsAtOnce, limit - found.length);
      const rows = await this.#database.query(
        'work',
        { name: '', text: `select ${columnsText} from requests where ${text} order by id desc limit ${size}` },
        values,
      );
      for (const row of rows) {
        const record = recordOf(row);
        end = record.id;
        if (fits(record, filter)) found.push(record);
        if (found.length >= limit) return found;
      }
      if (rows.length < size) return found;
      searched += rows.length;
    }
    return found;
  }

  async one(id: string): Promise<StoredRequest | undefined> {
    const [row] = await this.#database.query('work', one, [id]);
    return row === undefined ? undefined : { record: recordOf(row), route: row.route as StoredRequest['route'] };
  }

  async clear(): Promise<number> {
    const [row] = await this.#database.query('work', clear);
    return Number(row?.count);
  }

  sums(query: SumsQuery): Promise<readonly RequestSums[]> {
    return readSums(this.#database, query);
  }

  costSteps(query: CostStepsQuery): Promise<readonly CostStepSums[]> {
    return readCostSteps(this.#database, query);
  }

  responseTimes(query: ResponseTimesQuery): Promise<readonly ResponseTimeSlot[]> {
    return readResponseTimes(this.#database, query);
  }

  activity(query: ActivityQuery): Promise<readonly CredentialActivity[]> {
    return activityOf(this.#database, query);
  }

  /** Whole months first. Those beyond the size go by whole months only, so that the present one is never cut. */
  async prune({ days, maxMb }: Retention): Promise<number> {
    const database = this.#database;
    await database.query('work', makePartitions);
    const months = await database.query('work', partitions);
    const cutoff = days > 0 ? Date.now() - days * dayMs : 0;
    const maxBytes = maxMb > 0 ? maxMb * 1024 * 1024 : Number.POSITIVE_INFINITY;
    let bytes = months.reduce((sum, month) => sum + Number(month.bytes), 0);
    let removed = 0;
    for (const month of months) {
      const name = String(month.name);
      const end = monthEnd(name);
      const isOver = end <= cutoff || (bytes > maxBytes && end <= Date.now());
      if (!isOver) break;
      bytes -= Number(month.bytes);
      const [row] = await database.query('work', { name: '', text: `select count(*)::int as count from ${name}` });
      await database.query('work', { name: '', text: `drop table if exists ${name}` });
      removed += Number(row?.count);
    }
    if (days <= 0) return removed;
    const [row] = await database.query('work', removeBefore, [idOfBytes(idBytesAt(cutoff))]);
    return removed + Number(row?.count);
  }
}

/** Milliseconds since the epoch of a partition's end, by its name. */
function monthEnd(name: string): number {
  const [year, month] = name.slice(-7).split('_').map(Number);
  return Date.UTC(year ?? 0, month ?? 0, 1);
}
