// `GET`, `DELETE` and `cancel` of a response, and the list of what it was asked.
import { parseJson } from '../../../src-shared/json.ts';
import type { UpstreamError } from '../model/events.ts';
import { objectOf, objectsOf, stringOf } from '../model/json.ts';
import type { KeptResponse, ResponseStore } from './response-store.ts';

export interface KeptRoute {
  readonly id: string;
  readonly action: 'cancel' | 'delete' | 'input_items' | 'read';
}

/** Undefined: no such route. `path` is without query. */
export function keptRoute(method: string, path: string): KeptRoute | undefined {
  const [, id, rest = ''] = /^\/v1\/responses\/([^/]{1,256})(\/[a-z_]{1,20})?$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const action = `${method} ${rest}`;
  if (action === 'GET ') return { id, action: 'read' };
  if (action === 'GET /input_items') return { id, action: 'input_items' };
  if (action === 'DELETE ') return { id, action: 'delete' };
  return action === 'POST /cancel' ? { id, action: 'cancel' } : undefined;
}

export type KeptAnswer = { readonly json: unknown } | { readonly error: UpstreamError };

/** What is kept of a response, or why nothing can be said. `query` is what follows the `?`. */
export function answerKept(
  { id, action }: KeptRoute,
  { store, clientKey, query }: { readonly store: ResponseStore; readonly clientKey: string; readonly query: string },
): KeptAnswer {
  const entry = store.find(id, clientKey);
  if (action === 'cancel') {
    const message = `Response ${id} cannot be cancelled: only background responses can.`;
    return { error: { status: 400, message } };
  }
  if (entry === undefined) {
    return { error: { status: 404, message: `Response with id '${id}' not found.`, code: 'response_not_found' } };
  }
  if (action === 'delete') {
    store.delete(id);
    return { json: { id, object: 'response', deleted: true } };
  }
  return { json: action === 'read' ? whole(entry) : listed(entry, new URLSearchParams(query)) };
}

const whole = ({ response, output }: KeptResponse) => ({
  ...objectOf(parseJson(response)),
  output: parseJson(`[${output}]`),
});

const [defaultLimit, maxLimit] = [20, 100];

/** Newest first, as OpenAI lists them, unless `order` is `asc`. */
function listed({ id, input }: KeptResponse, query: URLSearchParams) {
  const items = objectsOf(parseJson(`[${input}]`)).map((item, index) => ({
    ...item,
    id: stringOf(item.id) ?? `${id}_input_${index}`,
    type: item.type ?? 'message',
  }));
  const ordered = query.get('order') === 'asc' ? items : items.toReversed();
  const after = query.get('after');
  const from = after === null ? 0 : ordered.findIndex((item) => item.id === after) + 1;
  const asked = Number(query.get('limit') ?? defaultLimit);
  const limit = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), maxLimit) : defaultLimit;
  const data = ordered.slice(from, from + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + data.length < ordered.length,
  };
}
