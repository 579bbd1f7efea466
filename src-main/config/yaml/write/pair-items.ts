// Matches the new items of a list with the old ones.
import { deepEqual, fieldOf, isFields } from '../values.ts';

export interface Partner {
  readonly old: number;
  /** `position`: another item that replaces the old one. */
  readonly by: 'value' | 'identity' | 'position';
}

/** For each new item its old one, each used at most once: by equal value, then by an identifying field, then by position. */
export function pairItems(old: readonly unknown[], next: readonly unknown[]): (Partner | undefined)[] {
  const partners: (Partner | undefined)[] = next.map(() => undefined);
  const free = new Set(old.keys());
  const take = (to: number, from: number, by: Partner['by']): void => {
    partners[to] = { old: from, by };
    free.delete(from);
  };
  pairEnds(old, next, take);
  pairByKey(
    old,
    next,
    partners,
    free,
    (value) => JSON.stringify(sorted(value)),
    (to, from) => take(to, from, 'value'),
  );
  pairByKey(old, next, partners, free, identityOf, (to, from) => take(to, from, 'identity'));
  if (isInOrder(partners)) pairGaps(old.length, partners, free, (to, from) => take(to, from, 'position'));
  return partners;
}

/** Whether the old items that stay keep their order. */
export function isInOrder(partners: readonly (Partner | undefined)[]): boolean {
  let last = -1;
  return partners.every((partner) => {
    if (partner === undefined) return true;
    const rising = partner.old > last;
    last = partner.old;
    return rising;
  });
}

type Take = (to: number, from: number, by: Partner['by']) => void;

/** Most changes touch one item of a long list: the equal ends need no keys. */
function pairEnds(old: readonly unknown[], next: readonly unknown[], take: Take): void {
  let head = 0;
  while (head < old.length && head < next.length && deepEqual(old[head], next[head])) {
    take(head, head, 'value');
    head += 1;
  }
  for (let tail = 1; tail <= Math.min(old.length, next.length) - head; tail += 1) {
    if (!deepEqual(old[old.length - tail], next[next.length - tail])) return;
    take(next.length - tail, old.length - tail, 'value');
  }
}

function pairByKey(
  old: readonly unknown[],
  next: readonly unknown[],
  partners: readonly (Partner | undefined)[],
  free: ReadonlySet<number>,
  keyOf: (value: unknown) => string | undefined,
  take: (to: number, from: number) => void,
): void {
  /** Each queue with how many of it are taken: taking the first of a long list off moves all others. */
  const waiting = new Map<string, { readonly all: number[]; taken: number }>();
  for (const from of free) {
    const key = keyOf(old[from]);
    if (key === undefined) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, { all: [from], taken: 0 });
    else queue.all.push(from);
  }
  for (const [to, value] of next.entries()) {
    if (partners[to] !== undefined) continue;
    const key = keyOf(value);
    const queue = key === undefined ? undefined : waiting.get(key);
    const from = queue?.all[queue.taken];
    if (queue === undefined || from === undefined) continue;
    queue.taken += 1;
    take(to, from);
  }
}

/** Between two items that stay, the first new one takes the place of the first old one, and so on. */
function pairGaps(
  oldCount: number,
  partners: readonly (Partner | undefined)[],
  free: ReadonlySet<number>,
  take: (to: number, from: number) => void,
): void {
  const ends = [...partners, { old: oldCount }];
  let last = -1;
  let waiting: number[] = [];
  for (const [to, partner] of ends.entries()) {
    if (partner === undefined) {
      waiting.push(to);
      continue;
    }
    let taken = 0;
    for (let from = last + 1; from < partner.old && taken < waiting.length; from += 1) {
      if (!free.has(from)) continue;
      take(waiting[taken] as number, from);
      taken += 1;
    }
    last = partner.old;
    waiting = [];
  }
}

/** The fields that name an entry, the strongest first. */
const identityFields = ['id', 'name', 'alias', 'api-key', 'api_key', 'apikey', 'key', 'provider', 'model'];

function identityOf(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  for (const name of identityFields) {
    const field = fieldOf(value, name);
    if (typeof field === 'string' && field.trim() !== '') return `${name}:${field}`;
  }
  return undefined;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value === undefined ? null : value;
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => ({ name, field: sorted(field) }));
}
