// Handlers of the history of requests.
import type { RequestRecord, requestsContract } from '../../../src-shared/contract/requests.ts';
import type { Implementation, Parsed } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { csvOf } from '../../ledger/request-export.ts';
import type { RequestHistory } from '../../ledger/request-history.ts';
import type { RequestFilter } from '../../storage/ledger.ts';
import { isStatusFilter } from '../../storage/request-filter.ts';
import { isRequestId } from '../../storage/request-id.ts';
import { StorageUnavailable } from '../../storage/storage.ts';
import { timeOf } from './time-parameter.ts';

const defaultLimit = 50;
const maxLimit = 500;
const maxExported = 100_000;
/** The texts of filters are searched for. */
const maxTextLength = 200;

type Query = Parsed<(typeof requestsContract)['requests.list']>;

function filterOf({ model, key, source, status, from, to, q }: Query, keys: readonly string[]): RequestFilter {
  for (const text of [model, key, source, q]) {
    if ((text?.length ?? 0) > maxTextLength) throw new Problem('invalid_value', 'The filter is too long.');
  }
  if (status !== undefined && !isStatusFilter(status)) {
    throw new Problem(
      'invalid_value',
      'status: use a status such as 429 or 4xx, success, failure, aborted or running.',
    );
  }
  if (key !== undefined && keys.includes(key)) {
    throw new Problem(
      'invalid_value',
      'key: use the key_id or the name of its policy; keys do not belong in addresses.',
    );
  }
  return { model, key, source, status, q, from: timeOf('from', from), to: timeOf('to', to) };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = Number(text);
  if (!Number.isFinite(limit)) throw new Problem('invalid_value', 'limit: must be a number.');
  return Math.min(Math.max(Math.trunc(limit), 1), maxLimit);
}

/** The cursor is the id of the last request of a page. */
function beforeOf(text: string | undefined): string | undefined {
  if (text !== undefined && !isRequestId(text)) {
    throw new Problem('invalid_value', 'before: use the value of next of an earlier page.');
  }
  return text;
}

/** What cannot be stored cannot be read either. */
export async function whileStored<Result>(task: Promise<Result>): Promise<Result> {
  try {
    return await task;
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    throw new Problem('unavailable', `The history cannot be used: ${error.message}`, { cause: error });
  }
}

/** `clientKeys`: those that are set. */
export function requestHandlers(
  history: RequestHistory,
  clientKeys: () => readonly string[],
): Implementation<typeof requestsContract> {
  return {
    'requests.list': async (query) => {
      const limit = limitOf(query.limit);
      const before = beforeOf(query.before);
      const filter = filterOf(query, clientKeys());
      if (!history.enabled) return { requests: [], next: null, enabled: false };
      const found = await history.page({ filter, before, limit: limit + 1 });
      const requests = found.slice(0, limit);
      return { requests, next: found.length > limit ? (requests.at(-1)?.id ?? null) : null };
    },
    'requests.get': async ({ id }) => {
      const found = isRequestId(id) ? await whileStored(history.one(id)) : undefined;
      if (found === undefined) throw new Problem('item_not_found', 'There is no request of this id.');
      return { ...found.record, route: [...found.route] };
    },
    'requests.clear': async () => ({ status: 'ok', removed: await whileStored(history.clear()) }),
    'requests.export': async ({ format, ...query }) => {
      const filter = filterOf(query, clientKeys());
      const records: RequestRecord[] = [];
      while (records.length < maxExported) {
        const page = await history.page({ filter, before: records.at(-1)?.id, limit: maxLimit });
        records.push(...page);
        if (page.length < maxLimit) break;
      }
      return { format, text: format === 'csv' ? csvOf(records) : `${JSON.stringify(records, null, 1)}\n` };
    },
  };
}
