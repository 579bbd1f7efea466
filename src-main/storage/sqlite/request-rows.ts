// A finished request as a row of its table, and back.
import type { SQLOutputValue } from 'node:sqlite';
import type { RequestRecord, RequestTry, RouteCandidate } from '../../../src-shared/contract/requests.ts';
import { idOfBytes } from '../request-id.ts';

export type Row = Record<string, SQLOutputValue>;

/** One number instead of the record's only try when it says no more than the record. */
interface Detail {
  readonly tries?: readonly RequestTry[];
  readonly tryMs?: number;
  readonly dropped?: readonly string[];
  readonly seconds?: number;
}

/** Everything of a record with the fields of its facet and its texts joined to it. */
export const recordColumns = `
  requests.id, requests.started, requests.first_byte_ms, requests.total_ms, requests.input, requests.output,
  requests.reasoning, requests.cache_read, requests.cache_write, requests.usd, requests.detail, facets.*,
  requests.id AS id, (SELECT text FROM texts WHERE texts.id = requests.session) AS session_id,
  (SELECT text FROM texts WHERE texts.id = requests.error) AS error`;

export function detailOf(record: RequestRecord): string | null {
  const { tries, dropped_fields: dropped, seconds } = record;
  const [only] = tries;
  const isPlain =
    tries.length === 1 &&
    only !== undefined &&
    only.source === record.source &&
    only.credential === record.credential &&
    only.model === record.model_sent &&
    only.status === record.status &&
    only.error === record.error;
  const detail: Detail = {
    ...(isPlain ? { tryMs: only.ms } : tries.length > 0 ? { tries } : {}),
    ...(dropped.length > 0 ? { dropped } : {}),
    ...(seconds === null ? {} : { seconds }),
  };
  return Object.keys(detail).length === 0 ? null : JSON.stringify(detail);
}

export function recordOf(row: Row): RequestRecord {
  const detail: Detail = row.detail === null ? {} : JSON.parse(row.detail as string);
  const started = Number(row.started);
  const total = row.total_ms as number | null;
  const head = {
    id: idOfBytes(row.id as Uint8Array),
    state: 'done' as const,
    outcome: row.outcome as RequestRecord['outcome'],
    started_at: new Date(started).toISOString(),
    finished_at: new Date(started + (total ?? 0)).toISOString(),
    key_id: row.key_id as string | null,
    key: row.key as string | null,
    key_name: row.key_name as string | null,
    client_ip: row.client_ip as string | null,
    user_agent: row.user_agent as string | null,
    form: row.form as string,
    model: row.model as string | null,
    model_sent: row.model_sent as string | null,
    provider: row.provider as string | null,
    source: row.source as string | null,
    credential: row.credential as string | null,
    auth_index: row.auth_index as string | null,
    chain: row.chain as string | null,
  };
  const status = row.status as number | null;
  const error = row.error as string | null;
  return {
    ...head,
    tries:
      detail.tryMs === undefined ? [...(detail.tries ?? [])] : [onlyTry(head, { status, error, ms: detail.tryMs })],
    first_byte_ms: row.first_byte_ms as number | null,
    total_ms: total,
    status,
    stream: row.stream === 1,
    tokens: {
      input: row.input as number | null,
      output: row.output as number | null,
      reasoning: row.reasoning as number | null,
      cache_read: row.cache_read as number | null,
      cache_write: row.cache_write as number | null,
      estimated: row.estimated === null ? null : row.estimated === 1,
    },
    seconds: detail.seconds ?? null,
    cost: {
      usd: row.usd as number | null,
      basis: row.cost_basis as RequestRecord['cost']['basis'],
      billed: row.billed === 1,
    },
    dropped_fields: [...(detail.dropped ?? [])],
    session_id: row.session_id as string | null,
    error,
  };
}

const onlyTry = (
  { source, credential, model_sent }: Pick<RequestRecord, 'source' | 'credential' | 'model_sent'>,
  rest: Pick<RequestTry, 'status' | 'error' | 'ms'>,
): RequestTry => ({ source: source ?? '', credential: credential ?? '', model: model_sent ?? '', ...rest });

export const routeOf = (text: SQLOutputValue | undefined): RouteCandidate[] =>
  typeof text === 'string' ? JSON.parse(text) : [];
