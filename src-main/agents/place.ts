// Where the files and programs of a user's tools are.
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isObject, parseJson } from '../../src-shared/json.ts';
import type { Place } from './tool.ts';

/** Far more than a settings file has. */
const maxBytes = 8 * 1024 * 1024;

export function createPlace(env: Place['env'], platform = process.platform): Place {
  const home = (platform !== 'win32' && env.HOME) || os.homedir();
  return {
    platform,
    home,
    env,
    join: (...parts) => path.resolve(home, path.join(...parts.filter((part) => part !== ''))),
    exists: existsSync,
    readJson: (file) => {
      try {
        const found = statSync(file);
        // A pipe would be waited for.
        if (!found.isFile() || found.size > maxBytes) return {};
        const document = parseJson(readFileSync(file, 'utf8'));
        return isObject(document) ? document : {};
      } catch {
        // Nothing depends on it: a tool that cannot read it has no key in it either.
        return {};
      }
    },
  };
}

/** Where package managers put programs when the search path of a program that the desktop started is short. */
const usual = [
  ...['.local/bin', '.npm-global/bin', '.bun/bin', '.deno/bin', '.cargo/bin', '.volta/bin', '.opencode/bin'],
  ...['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'],
];

function directories({ env, join, platform }: Place): readonly string[] {
  const named = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((one) => path.isAbsolute(one));
  const more = platform === 'win32' ? [join(env.APPDATA || 'AppData/Roaming', 'npm')] : usual.map((one) => join(one));
  return [...new Set([...named, ...more])];
}

/** The first of the programs that is installed. */
export function findProgram(place: Place, names: readonly string[]): string | undefined {
  const endings = place.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const name of names) {
    for (const directory of directories(place)) {
      const found = endings.map((ending) => path.join(directory, name + ending)).find(isProgram);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Directories of a package's file at most. */
const maxDepth = 6;

/** The version of the package that a program belongs to, without running it; `''` when it belongs to none. */
export function versionOf(program: string): string {
  try {
    let directory = path.dirname(realpathSync(program));
    for (let depth = 0; depth < maxDepth; depth += 1) {
      const file = path.join(directory, 'package.json');
      if (existsSync(file)) {
        const found = parseJson(readFileSync(file, 'utf8'));
        return isObject(found) && typeof found.version === 'string' ? found.version : '';
      }
      directory = path.dirname(directory);
    }
  } catch {
    // A program that vanished meanwhile has no version.
  }
  return '';
}
