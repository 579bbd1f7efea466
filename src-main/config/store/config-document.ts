// A config text and what it means, as the store hands it out.
import type { Config } from '../../../src-shared/config.ts';
import type { Problem } from '../../../src-shared/problem.ts';
import { settings } from '../../../src-shared/settings.ts';
import { resolveHome } from '../../lib/files/resolve-home.ts';
import { normalize } from '../config-view.ts';
import { configNotices } from '../notices/config-notices.ts';
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
    notices: configNotices(text),
    authDir: resolveHome(config['auth-dir'] || settings['auth-dir'].default),
  });
}

/** What a problem says of the config; without a place it is about the file as a whole, so about its start. */
export function invalidBy({ sentence, place = { line: 1, column: 1 } }: Problem): InvalidConfig {
  return { message: sentence, ...place };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (part !== null && typeof part === 'object' && !Object.isFrozen(part)) deepFreeze(part);
  }
  return Object.freeze(value);
}
