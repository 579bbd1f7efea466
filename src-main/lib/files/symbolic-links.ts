// Where a path leads, and over which symbolic links.
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Linux gives up after as many. */
const maxLinks = 40;

/**
 * Every symbolic link on the way, links among the folders included, and at last the file itself, which need not exist.
 * Replacing any of these changes what the path means. Links in a circle end the walk at some link.
 */
export function resolveLinkChain(file: string): readonly string[] {
  const links: string[] = [];
  const absolute = path.resolve(file);
  let place = path.parse(absolute).root;
  let ahead = segments(absolute);
  while (ahead.length > 0) {
    const next = path.join(place, ahead[0]!);
    ahead = ahead.slice(1);
    if (links.length < maxLinks && isLink(next)) {
      links.push(next);
      const through = path.resolve(place, readlinkSync(next));
      place = path.parse(through).root;
      ahead = [...segments(through), ...ahead];
    } else {
      place = next;
    }
  }
  return [...links, place];
}

/** The file behind all symbolic links. It need not exist. */
export function resolveLinks(file: string): string {
  return resolveLinkChain(file).at(-1)!;
}

/** What is wrong with a path otherwise is told when the file is opened. */
function isLink(place: string): boolean {
  try {
    return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}

function segments(absolute: string): string[] {
  return absolute.slice(path.parse(absolute).root.length).split(path.sep).filter(Boolean);
}
