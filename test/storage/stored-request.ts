// Finished requests for tests of the storage.

import type { StoredRequest } from '../../src-main/storage/ledger.ts';
import { RequestIds } from '../../src-main/storage/request-id.ts';
import type { RequestRecord } from '../../src-shared/contract/requests.ts';

/** A successful chat request that began at `startedAt` (milliseconds) and took 20 ms, with the fields of `over`. */
export function storedRequest(startedAt: number, over: Partial<RequestRecord> = {}): StoredRequest {
  const record: RequestRecord = {
    id: new RequestIds().next(startedAt),
    state: 'done',
    outcome: 'success',
    started_at: new Date(startedAt).toISOString(),
    finished_at: new Date(startedAt + 20).toISOString(),
    key_id: '0123456789ab',
    key: 'ck-o...e',
    key_name: 'laptop',
    client_ip: '127.0.0.1',
    user_agent: 'tester/1.0',
    form: 'chat',
    model: 'm',
    model_sent: 'up-chat',
    provider: 'openai-compatibility',
    source: 'p-a',
    credential: 'u...a',
    auth_index: '0011223344556677',
    chain: null,
    tries: [{ source: 'p-a', credential: 'u...a', model: 'up-chat', status: 200, ms: 15, error: null }],
    first_byte_ms: 16,
    total_ms: 20,
    status: 200,
    stream: false,
    tokens: { input: 10, output: 5, reasoning: 0, cache_read: 0, cache_write: 0, estimated: false },
    seconds: null,
    cost: { usd: 0.25, basis: 'prices', billed: true },
    dropped_fields: [],
    session_id: null,
    error: null,
    ...over,
  };
  return { record, route: [] };
}
