// Where a path leads, and through which symbolic links.
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Linux gives up after this many links. */
const maxLinks = 40;

/**
 * Every symbolic link on the path, links among its directories included, and finally the file itself, which need not
 * exist. Replacing any of these changes what the path means. A loop of links ends at one of its links.
 */
export function resolveLinkChain(file: string): readonly string[] {
  const links: string[] = [];
  const absolute = path.resolve(file);
  let current = path.parse(absolute).root;
  let rest = segments(absolute);
  for (let segment = rest.shift(); segment !== undefined; segment = rest.shift()) {
    const next = path.join(current, segment);
    if (links.length < maxLinks && isLink(next)) {
      links.push(next);
      const target = path.resolve(current, readlinkSync(next));
      current = path.parse(target).root;
      rest = [...segments(target), ...rest];
    } else {
      current = next;
    }
  }
  return [...links, current];
}

/** The file behind all symbolic links. It need not exist. */
export function resolveLinks(file: string): string {
  return resolveLinkChain(file).at(-1) ?? file;
}

/** Any other error of the path is reported when the file is opened. */
function isLink(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}

function segments(absolute: string): string[] {
  return absolute.slice(path.parse(absolute).root.length).split(path.sep).filter(Boolean);
}
