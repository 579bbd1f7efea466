// A finished request as a row of the database, and back.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import type { StoredRequest } from '../../storage/ledger.ts';
import { idBytes } from '../../storage/request-id.ts';
import { detailOf, recordOf as recordOfRow } from '../../storage/sqlite/request-rows.ts';
import type { Row } from '../connection/database.ts';

const requestColumns = [
  ...['id', 'instance', 'started', 'first_byte_ms', 'total_ms', 'key_id', 'key', 'key_name', 'client_ip'],
  ...['user_agent', 'form', 'model', 'model_sent', 'provider', 'source', 'credential', 'auth_index', 'chain'],
  ...['status', 'outcome', 'stream', 'estimated', 'input', 'output', 'reasoning', 'cache_read', 'cache_write'],
  ...['usd', 'cost_basis', 'billed', 'session_id', 'error', 'detail', 'route'],
] as const;

export const columnsText = requestColumns.join(', ');

export function rowOf({ record, route }: StoredRequest): Row {
  const { tokens, cost } = record;
  const fields: Row = { ...record, ...tokens, ...cost, cost_basis: cost.basis };
  return {
    ...Object.fromEntries(requestColumns.map((name) => [name, withoutZero(fields[name] ?? null)])),
    started: Date.parse(record.started_at),
    // Of an imported record there may be none.
    instance: record.instance ?? '',
    detail: withoutZero(detailOf(record)),
    route,
  };
}

/** The database takes no NUL in texts. */
const withoutZero = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '�') : value);

/** Numbers of eight bytes come as texts. */
const number = (value: unknown): number | null => (value === null ? null : Number(value));
const flag = (value: unknown): number | null => (value === null ? null : value === true ? 1 : 0);

export function recordOf(row: Row): RequestRecord {
  const numbers = ['started', 'input', 'output', 'reasoning', 'cache_read', 'cache_write'];
  const record = recordOfRow({
    // The other columns have the types that they have in a file.
    ...(row as Parameters<typeof recordOfRow>[0]),
    ...Object.fromEntries(numbers.map((name) => [name, number(row[name])])),
    ...Object.fromEntries(['stream', 'estimated', 'billed'].map((name) => [name, flag(row[name])])),
    id: idBytes(String(row.id)),
  });
  return row.instance === '' ? record : { ...record, instance: String(row.instance) };
}
