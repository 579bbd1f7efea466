// Finds commands by what was typed: words in any order, abbreviations, and matches in name or note.
import fuzzysort from 'fuzzysort';
import type { ReactNode } from 'react';
import type { Command } from './commands.ts';

export interface FoundCommand {
  readonly command: Command;
  /** The name with the matching characters in bold. */
  readonly name: ReactNode;
}

export interface FoundGroup {
  readonly group: Command['group'];
  readonly items: readonly FoundCommand[];
}

const maxPerGroup = 6;
/** Of 1 for a perfect match; below, letters are found far apart and by chance. */
const minScore = 0.3;

/** Groups in the order of their best match; with an empty query everything, in the order it was given. */
export function findCommands(commands: readonly Command[], query: string): readonly FoundGroup[] {
  const results = fuzzysort.go(query, commands, { keys: ['name', 'note'], all: true, threshold: minScore });
  const found = results.map((result): FoundCommand => {
    const marked = result[0]?.highlight((match, index) => <b key={index}>{match}</b>) ?? [];
    // Where only the note matches, or nothing was typed, fuzzysort has no name to mark.
    return { command: result.obj, name: marked.length > 0 ? marked : result.obj.name };
  });
  return [...Map.groupBy(found, ({ command }) => command.group)].map(([group, items]) => ({
    group,
    items: items.slice(0, maxPerGroup),
  }));
}
