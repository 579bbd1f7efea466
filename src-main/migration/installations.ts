// Finds other installations, and tells what of them would work here.
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Installation } from '../../src-shared/contract/installations.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import { parseConfig } from '../config/yaml/read/parsed.ts';
import { resolveHome } from '../lib/files/resolve-home.ts';
import { describeDirectory, type Judge } from './found-accounts.ts';
import { describeConfig } from './found-config.ts';
import { type Computer, type Place, placesIn, thisComputer, usualAccounts, usualPlaces } from './usual-places.ts';

export interface Here {
  readonly config: Pick<ConfigStore, 'check' | 'edit' | 'file'>;
  readonly authFiles: AuthFiles;
  readonly judge: Judge;
  /** Where to look. Default: this computer. */
  readonly computer?: Computer;
}

/** Those in the usual places, or in one directory, which may hold a config, account files, or both. */
export function findInstallations(here: Here, directory?: string): Installation[] {
  const { computer = thisComputer() } = here;
  if (directory !== undefined) {
    const chosen = resolveHome(directory, computer.home);
    const found = installationsAt(here, placesIn(chosen), computer);
    const isListed = found.some(({ accounts }) => accounts?.directory === chosen);
    return isListed ? found : [...found, ...accountsAlone(here, 'chosen', chosen)];
  }
  const found = installationsAt(here, usualPlaces(computer), computer);
  const usual = resolveHome(usualAccounts, computer.home);
  const isListed = found.some(({ accounts }) => accounts?.directory === usual);
  return isListed ? found : [...found, ...accountsAlone(here, 'cli-proxy-api', usual)];
}

function installationsAt(here: Here, places: readonly Place[], computer: Computer): Installation[] {
  const own = realPath(here.config.file);
  return places
    .filter(({ file }) => realPath(file) !== own)
    .flatMap(({ program, file }) => {
      const described = describeConfig(here.config, file);
      if (described === undefined) return [];
      const { found, snapshot } = described;
      const accounts =
        snapshot && describeDirectory(here.authFiles, here.judge, accountsOf(snapshot.text, file, computer));
      return [{ program, config: found, ...(accounts !== undefined && { accounts }) }];
    });
}

/** A relative `auth-dir` starts at the directory of the config, from which CLIProxyAPI is usually started. */
function accountsOf(text: string, file: string, { home }: Computer): string {
  const written = parseConfig(text).fields['auth-dir'];
  const directory = typeof written === 'string' && written !== '' ? written : usualAccounts;
  return directory.startsWith('~') ? resolveHome(directory, home) : path.resolve(path.dirname(file), directory);
}

function accountsAlone(here: Here, program: Installation['program'], directory: string): Installation[] {
  const accounts = describeDirectory(here.authFiles, here.judge, directory);
  return accounts === undefined ? [] : [{ program, accounts }];
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
