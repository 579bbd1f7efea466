// Lists of requests in the order of their ids, which rise with the time of the start.

interface Identified {
  readonly id: string;
}

const newestFirst = (one: Identified, other: Identified): number => (one.id < other.id ? 1 : -1);

/** `list` with what came since: a changed one stands in for its former self. In time linear to the list. */
export function mergeNewestFirst<Item extends Identified>(
  list: readonly Item[],
  changes: ReadonlyMap<string, Item>,
): readonly Item[] {
  if (changes.size === 0) return list;
  const fresh = [...changes.values()].sort(newestFirst);
  const result: Item[] = [];
  let next = 0;
  for (const item of list) {
    let change = fresh[next];
    while (change !== undefined && change.id > item.id) {
      result.push(change);
      next += 1;
      change = fresh[next];
    }
    if (change?.id === item.id) next += 1;
    result.push(change?.id === item.id ? change : item);
  }
  for (; next < fresh.length; next += 1) result.push(fresh[next] as Item);
  return result;
}
