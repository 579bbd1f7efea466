// How much one edit may write. What is beyond was not made by a person, and would keep the program from anything else.
import { maxNesting } from '../../../../src-shared/json.ts';
import { maxListItems } from '../../../../src-shared/limits.ts';
import { Problem } from '../../../../src-shared/problem.ts';

/** Enough for a list of the longest kind, each item with some fields. */
const maxValues = 5 * maxListItems;

/** Throws Problem `invalid_value`. Not recursive, since the value may be nested beyond any limit. */
export function rejectOversized(value: unknown): void {
  const waiting = [{ value, depth: 1 }];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const { depth } = next;
    const inner = Object.values(next.value);
    if (depth > maxNesting) throw new Problem('invalid_value', `more than ${maxNesting} levels of lists and objects`);
    if (inner.length > maxListItems) throw tooMany(maxListItems);
    count += inner.length;
    if (count > maxValues) throw tooMany(maxValues);
    for (const item of inner) waiting.push({ value: item, depth: depth + 1 });
  }
}

function tooMany(limit: number): Problem {
  return new Problem('invalid_value', `more than ${limit.toLocaleString('en')} values at once`);
}
