// A config text and what it means, as the store hands it out.
import type { Config } from '../../../src-shared/config.ts';
import type { Problem } from '../../../src-shared/problem.ts';
import { resolveHome } from '../../lib/files/resolve-home.ts';
import { normalize } from '../config-view.ts';
import type { Snapshot } from './snapshot.ts';

/** What is wrong with the file on disk while an older version of it stays in force. Line and column start at 1. */
export interface InvalidConfig {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** `config` is the document as read: defaults filled in, nothing else. */
export function createSnapshot(text: string, config: Config, revision: number): Snapshot {
  return deepFreeze({
    revision,
    text,
    config: normalize(config),
    authDir: resolveHome(config['auth-dir'] || defaultAuthDir),
  });
}

const defaultAuthDir = '~/.cli-proxy-api';

/** The place in a problem's sentence, `line L, column C: …`; the start of the file where it names none. */
export function placeOf({ message }: Problem): InvalidConfig {
  const found = /^line (\d+), column (\d+): (.*)$/s.exec(message);
  if (found === null) return { message, line: 1, column: 1 };
  return { message: found[3]!, line: Number(found[1]), column: Number(found[2]) };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (part !== null && typeof part === 'object' && !Object.isFrozen(part)) deepFreeze(part);
  }
  return Object.freeze(value);
}
