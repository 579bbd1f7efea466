// When an anchored value changes or is removed, the aliases elsewhere keep the old value.
// biome-ignore-all lint/style/noNonNullAssertion: only nodes with an anchor have aliases, and the pattern matches every text.
import type { AliasNode, Document, ValueNode } from '../read/nodes.ts';
import { blanksBefore, isBreak, skipBlanks } from '../text.ts';
import type { Differ } from './diff.ts';
import { nodeText } from './emit.ts';
import type { TextRange } from './region.ts';
import type { Splice } from './splice.ts';

/** The first remaining alias becomes the anchor with the old value; later ones refer to it. */
export function keepAliases(document: Document, differ: Differ): Splice[] {
  const users = new Map<ValueNode, AliasNode[]>();
  for (const alias of document.aliases) {
    const others = users.get(alias.target);
    if (others === undefined) users.set(alias.target, [alias]);
    else others.push(alias);
  }
  const isGone = within(differ.gone);
  const splices: Splice[] = [];
  for (const [target, aliases] of users) {
    if (!differ.touched.has(target) && !isGone(target)) continue;
    const heir = aliases.find((alias) => !isGone(alias));
    if (heir === undefined) continue;
    splices.push({ start: heir.start, end: heir.end, text: `&${target.anchor} ${nodeText(target)}` });
    if (!isGone(target)) splices.push(anchorRemoval(document.text, target));
  }
  return splices;
}

/** Whether a place lies within one of the parts, which are nested or apart. */
function within(parts: readonly TextRange[]): (at: TextRange) => boolean {
  const outer: TextRange[] = [];
  for (const part of parts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (part.end > (outer.at(-1)?.end ?? -1)) outer.push(part);
  }
  return (at) => {
    let [low, high] = [0, outer.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (outer[middle]!.start <= at.start) low = middle + 1;
      else high = middle;
    }
    const part = outer[low - 1];
    return part !== undefined && at.end <= part.end;
  };
}

function anchorRemoval(text: string, target: ValueNode): Splice {
  const start = text.indexOf(`&${target.anchor}`, target.start);
  const end = start + target.anchor!.length + 1;
  const next = skipBlanks(text, end);
  if (!isBreak(text[next])) return { start, end: next, text: '' };
  const before = blanksBefore(text, start);
  return { start: before, end, text: '' };
}
