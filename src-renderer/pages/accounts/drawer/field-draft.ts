// Fields of account files while they are edited, and what of them has changed.
import type { AccountFields } from '../../../../src-shared/account-fields.ts';
import { type DraftRow, row } from '../../providers/draft.ts';

const textFields = ['note', 'prefix', 'proxy_url'] as const;
const numberFields = ['priority', 'weight', 'max_concurrent', 'request_retry'] as const;
export type TextField = (typeof textFields)[number] | (typeof numberFields)[number];

export interface FieldDraft extends Readonly<Record<TextField, string>> {
  readonly headers: readonly DraftRow[];
}

/** Null removes a field. */
export type FieldChanges = { readonly [N in TextField | 'headers']?: AccountFields[N] | null };

/** Without fields: for several accounts at once, of which each has its own. */
export function toFieldDraft(fields: AccountFields = {}): FieldDraft {
  const text = (name: TextField) => String(fields[name] ?? '');
  return {
    note: text('note'),
    prefix: text('prefix'),
    proxy_url: text('proxy_url'),
    priority: text('priority'),
    weight: text('weight'),
    max_concurrent: text('max_concurrent'),
    request_retry: text('request_retry'),
    headers: Object.entries(fields.headers ?? {}).map(([name, value]) => row(name, value)),
  };
}

/** Numbers that are none. */
export const wrongNumbers = (draft: FieldDraft): readonly TextField[] =>
  numberFields.filter((name) => draft[name].trim() !== '' && !/^-?\d{1,9}$/.test(draft[name].trim()));

/** Only what differs; a text that was emptied is removed. */
export function changesOf(before: FieldDraft, after: FieldDraft): FieldChanges {
  const changes: Record<string, unknown> = {};
  for (const name of textFields) {
    if (after[name].trim() !== before[name]) changes[name] = after[name].trim() || null;
  }
  for (const name of numberFields) {
    if (after[name].trim() !== before[name]) changes[name] = after[name].trim() === '' ? null : Number(after[name]);
  }
  const headers = changedHeaders(before.headers, after.headers);
  if (Object.keys(headers).length > 0) changes.headers = headers;
  return changes;
}

/** A blank value takes a header out. */
function changedHeaders(before: readonly DraftRow[], after: readonly DraftRow[]): Record<string, string> {
  const old = new Map(before.map(({ left, right }) => [left, right]));
  const given = new Map(
    after.map(({ left, right }) => [left.trim(), right.trim()]).filter(([name]) => name !== '') as [string, string][],
  );
  const kept = new Set([...given.keys()].map((name) => name.toLowerCase()));
  const removed = [...old.keys()].filter((name) => !kept.has(name.toLowerCase())).map((name) => [name, ''] as const);
  const set = [...given].filter(([name, value]) => value !== old.get(name));
  return Object.fromEntries([...removed, ...set]);
}
