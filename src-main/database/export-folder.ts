// Writes what the database holds into an empty folder, byte for byte.
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { privateMode, writeAtomically } from '../lib/files/atomic-file.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { isInFolder } from '../lib/files/file-name.ts';
import { DatabaseStartError } from './address.ts';
import type { DatabaseAccounts } from './ports/accounts.ts';
import type { DatabaseConfigText } from './ports/config-text.ts';

interface ExportOptions {
  readonly config: DatabaseConfigText;
  readonly accounts: DatabaseAccounts;
  readonly folder: string;
}

const folderMode = 0o700;

/** `config.yaml`, `auth/*.json` and `history/*`, readable by the owner only. Throws DatabaseStartError. */
export async function exportFolder({ config, accounts, folder }: ExportOptions): Promise<void> {
  await requireEmpty(folder);
  const stored = await config.read();
  if (stored === undefined) throw new DatabaseStartError('The database has no config to export.');
  for (const name of ['auth', 'history']) await mkdir(path.join(folder, name), { recursive: true, mode: folderMode });
  await write(path.join(folder, 'config.yaml'), stored.text);
  await accounts.refresh();
  for (const name of accounts.names()) {
    const found = accounts.read(name);
    if (found === undefined) continue;
    if (!isInFolder(name)) throw new DatabaseStartError(`The account ${name} has a name that no file can have.`);
    await write(path.join(folder, 'auth', name), found.file.text);
  }
  for (const { id, time, actor } of await config.list()) {
    const name = `${id.padStart(8, '0')}-${String(Date.parse(time)).padStart(13, '0')}-${actor}.yaml`;
    await write(path.join(folder, 'history', name), await config.text(id));
  }
}

const write = (file: string, text: string) => writeAtomically(file, text, { mode: privateMode });

async function requireEmpty(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) throw new DatabaseStartError(`The folder ${folder} is not empty.`);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await mkdir(folder, { recursive: true, mode: folderMode });
  }
}
