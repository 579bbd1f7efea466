// A filter as conditions of SQL. They let through at least what it means; what is read is looked at once more.
import type { RequestFilter } from '../../storage/ledger.ts';
import { idBytesAt, idOfBytes } from '../../storage/request-id.ts';

export interface Conditions {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** `before`: only requests that started before the one of this id. */
export function conditionsOf(filter: RequestFilter, before: string | undefined): Conditions {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const { model, key, source, status, from, to } = filter;
  const conditions = [
    'true',
    from !== undefined && from > 0 && `id >= ${parameter(idOfBytes(idBytesAt(from)))}`,
    to !== undefined && `id < ${parameter(idOfBytes(idBytesAt(to)))}`,
    before !== undefined && `id < ${parameter(before)}`,
    model !== undefined && modelCondition(model, parameter),
    key !== undefined && `${parameter(key)} in (key_id, key_name)`,
    source !== undefined && `lower(${parameter(source)}) in (lower(source), lower(provider))`,
    status !== undefined && statusCondition(status, parameter),
  ];
  return { text: conditions.filter((one) => one !== false).join(' and '), values };
}

function modelCondition(pattern: string, parameter: (value: unknown) => string): string {
  const lower = pattern.toLowerCase();
  if (!pattern.includes('*')) {
    const name = parameter(lower);
    return `(lower(model) = ${name} or lower(model_sent) = ${name})`;
  }
  const like = parameter(lower.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%'));
  return `(lower(model) like ${like} or lower(model_sent) like ${like})`;
}

function statusCondition(status: string, parameter: (value: unknown) => string): string {
  if (/^\d\d\d$/.test(status)) return `status = ${parameter(Number(status))}`;
  if (/^\dxx$/i.test(status)) return `status / 100 = ${parameter(Number(status[0]))}`;
  return status === 'running' ? 'false' : `outcome = ${parameter(status)}`;
}
