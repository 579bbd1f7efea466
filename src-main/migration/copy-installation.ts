// Copies chosen parts of another installation, which itself stays as it is.
import type { CopyInput, CopyOutput } from '../../src-shared/contract/installations.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { requireNewAccountName } from '../auth-files/account-name.ts';
import { parseConfig } from '../config/yaml/read/parsed.ts';
import { resolveHome } from '../lib/files/resolve-home.ts';
import { editsFor } from './copy-config.ts';
import { ownNames, readForeign } from './found-accounts.ts';
import { describeConfig } from './found-config.ts';
import type { Here } from './installations.ts';
import { isConfigName } from './usual-places.ts';

/**
 * The config as it was stays in the history; account files that are here are never overwritten.
 * Throws Problem: `item_not_found` for a config that is not there, what the config's reader throws, and what saving
 * throws. The accounts come first, so that an error in the config is not half of a change of it.
 */
export async function copyInstallation(here: Here, input: CopyInput, actor: Actor): Promise<CopyOutput> {
  const result: CopyOutput = { keys: [], accounts: [], skipped: [] };
  const plan = input.config && planConfig(here, input.config, result);
  if (input.accounts !== undefined) await copyAccounts(here, input.accounts, actor, result);
  if (plan !== undefined && result.keys.length > 0) await here.config.edit(plan, actor);
  return result;
}

function planConfig(here: Here, chosen: NonNullable<CopyInput['config']>, result: CopyOutput) {
  const file = resolveHome(chosen.file, here.computer?.home);
  const described = isConfigName(file) ? describeConfig(here.config, file) : undefined;
  if (described === undefined) throw new Problem('item_not_found', 'There is no config of this name to copy from.');
  const { found, snapshot } = described;
  if (snapshot === undefined) {
    const { message, ...place } = found.problem ?? { message: '' };
    throw new Problem('invalid_config', message, 'line' in place ? { place } : {});
  }
  for (const key of new Set(chosen.keys)) {
    const row = found.keys.find((known) => known.key === key);
    if (row === undefined) result.skipped.push({ name: key, message: 'The config has no such key.' });
    else if (row.use === 'refused') result.skipped.push({ name: key, message: row.message ?? '' });
    else result.keys.push(key);
  }
  const { fields } = parseConfig(snapshot.text);
  return (own: typeof snapshot.config) => editsFor(own, { config: snapshot.config, fields }, result.keys);
}

async function copyAccounts(
  { authFiles, computer }: Here,
  { directory, names }: NonNullable<CopyInput['accounts']>,
  actor: Actor,
  { accounts, skipped }: CopyOutput,
): Promise<void> {
  const place = resolveHome(directory, computer?.home);
  await authFiles.refresh();
  for (const name of new Set(names)) {
    try {
      requireNewAccountName(name);
      const file = ownNames(authFiles).has(name.toLowerCase())
        ? 'A file of this name is here already and stays as it is.'
        : readForeign(place, name);
      if (typeof file === 'string') {
        skipped.push({ name, message: file });
        continue;
      }
      await authFiles.save(name, file.text, actor);
      accounts.push(name);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      skipped.push({ name, message: error.sentence });
    }
  }
}
