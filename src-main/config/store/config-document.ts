// A config text and what it means, as the store hands it out.
import type { Config } from '../../../src-shared/config.ts';
import type { ConfigCheck } from '../../../src-shared/contract/config.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { settings } from '../../../src-shared/settings.ts';
import { resolveHome } from '../../lib/files/resolve-home.ts';
import { normalize } from '../config-view.ts';
import { configNotices } from '../notices/config-notices.ts';
import type { TlsState } from '../tls/tls-files.ts';
import { parseConfig } from '../yaml/read/parsed.ts';
import type { InvalidConfig, Snapshot } from './snapshot.ts';

interface Document {
  readonly text: string;
  /** As read: defaults filled in, nothing else. */
  readonly config: Config;
  readonly tls: TlsState;
  /** On the command line. */
  readonly host: string | undefined;
}

export function createSnapshot({ text, config, tls, host }: Document, revision: number): Snapshot {
  const inForce = normalize(config);
  return deepFreeze({
    revision,
    text,
    config: inForce,
    keyOrder: Object.keys(parseConfig(text).fields),
    notices: configNotices(text, { config: inForce, host, tlsProblem: tls.problem }),
    tls: tls.pair,
    tlsProblem: tls.problem,
    authDir: resolveHome(config['auth-dir'] || settings['auth-dir'].default),
  });
}

/** What a problem says of the config; without a place it is about the file as a whole, so about its start. */
export function invalidBy({ sentence, place = { line: 1, column: 1 } }: Problem): InvalidConfig {
  return { message: sentence, ...place };
}

/** What is said of a text before it is saved: why it is no config, else its notices. Other errors pass. */
export function describeCheck(check: () => Snapshot): ConfigCheck {
  try {
    const { notices } = check();
    return { message: '', line: 0, column: 0, ...(notices.length > 0 && { notices: [...notices] }) };
  } catch (error) {
    if (error instanceof Problem) return invalidBy(error);
    throw error;
  }
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (part !== null && typeof part === 'object' && !Object.isFrozen(part)) deepFreeze(part);
  }
  return Object.freeze(value);
}
