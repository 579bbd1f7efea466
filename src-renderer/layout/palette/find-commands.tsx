// Finds commands by what was typed: words in any order, abbreviations, other words for it, and one typo.
import fuzzysort from 'fuzzysort';
import type { ReactNode } from 'react';
import type { Command } from './command.ts';

export interface FoundCommand {
  readonly command: Command;
  /** The name with the matching characters in bold. */
  readonly name: ReactNode;
}

export interface FoundGroup {
  readonly group: Command['group'];
  readonly items: readonly FoundCommand[];
}

export interface Found {
  readonly groups: readonly FoundGroup[];
  /** What was looked for instead, where nothing is called as it was typed. */
  readonly instead?: string;
}

const maxPerGroup = 6;
/** Of 1 for a perfect match; below, letters are found far apart and by chance. */
const minScore = 0.3;
/** Shorter words are one typo away from everything. */
const minCorrectedLength = 4;

/** Groups in the order of their best match; with an empty query everything but verbs, in the order it was given. */
export function findCommands(commands: readonly Command[], query: string): Found {
  const word = query.trim().slice(0, 100);
  if (word === '')
    return { groups: grouped(commands.filter(({ isVerb }) => !isVerb).map((command) => plain(command))) };
  const found = search(commands, word);
  if (found.length > 0 || word.length < minCorrectedLength) return { groups: grouped(found) };
  // A letter too many, a wrong one, or two that changed places: without one of the letters the rest is in order.
  const corrections = Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
  const [best] = corrections
    .map((correction) => search(commands, correction))
    .filter((results) => results.length > 0)
    .sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0));
  const instead = best?.[0]?.command.name;
  return { groups: grouped(best ?? []), ...(instead !== undefined && { instead }) };
}

interface Match extends FoundCommand {
  readonly score: number;
}

const plain = (command: Command): Match => ({ command, name: command.name, score: 0 });

function search(commands: readonly Command[], word: string): readonly Match[] {
  const results = fuzzysort.go(word, commands, { keys: ['name', 'note'], threshold: minScore });
  const byName = results.map((result): Match => {
    const marked = result[0]?.highlight((match, index) => <b key={index}>{match}</b>) ?? [];
    // Where only the note matches, fuzzysort has no name to mark.
    return { command: result.obj, name: marked.length > 0 ? marked : result.obj.name, score: result.score };
  });
  const known = new Set(byName.map(({ command }) => command));
  const lower = word.toLowerCase();
  const bySynonym = commands.filter(
    (command) => !known.has(command) && command.words?.split(' ').some((synonym) => synonym.startsWith(lower)),
  );
  return [...byName, ...bySynonym.map((command) => plain(command))];
}

const grouped = (found: readonly FoundCommand[]): readonly FoundGroup[] =>
  [...Map.groupBy(found, ({ command }) => command.group)].map(([group, items]) => ({
    group,
    items: items.slice(0, maxPerGroup),
  }));
