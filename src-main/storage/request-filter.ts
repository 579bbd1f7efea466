// Which requests a filter means. The store and the requests still in memory are asked by the same rules.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import { fitsPattern } from '../../src-shared/name-pattern.ts';
import type { RequestFilter } from './ledger.ts';

/** The fields of a record that many records have in common; filters ask for these, the times and `q`. */
export const facetFields = [
  'key_id',
  'key',
  'key_name',
  'client_ip',
  'user_agent',
  'form',
  'model',
  'model_sent',
  'provider',
  'source',
  'credential',
  'auth_index',
  'chain',
  'status',
  'outcome',
  'state',
] as const satisfies readonly (keyof RequestRecord)[];

export type Facet = Pick<RequestRecord, (typeof facetFields)[number]>;

const words = ['success', 'failure', 'aborted', 'running'];

/** Whether `status` can be filtered by. */
export const isStatusFilter = (status: string): boolean => /^\d(?:\d\d|xx)$/i.test(status) || words.includes(status);

/** Everything but times and `q`. */
export function fitsFacet(facet: Facet, { model, key, source, status }: RequestFilter): boolean {
  if (model !== undefined && ![facet.model, facet.model_sent].some((name) => name !== null && fitsPattern(name, model)))
    return false;
  if (key !== undefined && facet.key_id !== key && facet.key_name !== key) return false;
  if (source !== undefined && ![facet.source, facet.provider].some((name) => isSame(name, source))) return false;
  return status === undefined || fitsStatus(facet, status);
}

function fitsStatus({ status, outcome, state }: Facet, wanted: string): boolean {
  if (wanted === 'running') return state === 'running';
  if (words.includes(wanted)) return outcome === wanted;
  const code = String(status ?? '');
  return /^\dxx$/i.test(wanted) ? code.length === 3 && code[0] === wanted[0] : code === wanted;
}

const isSame = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();

/** Whether a text has `q` in it; `q` in small letters. */
export const contains = (text: string | null, q: string): boolean => text?.toLowerCase().includes(q) === true;

/** Whether what many requests share has `q` in it. */
export const facetContains = ({ model, model_sent, source, user_agent }: Facet, q: string): boolean =>
  [model, model_sent, source, user_agent].some((text) => contains(text, q));

/** A request in memory. */
export function fits(record: RequestRecord, filter: RequestFilter): boolean {
  if (!fitsFacet(record, filter)) return false;
  const started = Date.parse(record.started_at);
  if (filter.from !== undefined && started < filter.from) return false;
  if (filter.to !== undefined && started >= filter.to) return false;
  const q = filter.q?.toLowerCase();
  if (q === undefined) return true;
  return facetContains(record, q) || [record.id, record.session_id, record.error].some((text) => contains(text, q));
}
