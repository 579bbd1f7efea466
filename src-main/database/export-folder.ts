// Writes what the database holds into an empty folder, byte for byte.
import { mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { privateMode, writeAtomically } from '../lib/files/atomic-file.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { isInFolder } from '../lib/files/file-name.ts';
import type { Ledger } from '../storage/ledger.ts';
import { DatabaseStartError } from './address.ts';
import type { DatabaseAccounts } from './ports/accounts.ts';
import type { DatabaseConfigText } from './ports/config-text.ts';
import type { DatabaseDocuments } from './ports/documents.ts';

interface ExportOptions {
  readonly config: DatabaseConfigText;
  readonly accounts: DatabaseAccounts;
  readonly documents: DatabaseDocuments;
  /** Written too where it is given. */
  readonly ledger: Pick<Ledger, 'page'> | undefined;
  readonly folder: string;
}

const folderMode = 0o700;

const requestsAtOnce = 500;

/**
 * `config.yaml`, `auth/*.json`, `history/*`, `labels.json`, and `requests.jsonl` with the newest request first, readable
 * by the owner only. Throws DatabaseStartError.
 */
export async function exportFolder(options: ExportOptions): Promise<void> {
  const { config, accounts, documents, ledger, folder } = options;
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
  const labels = await documents.open('key-labels').read();
  if (labels !== undefined) await write(path.join(folder, 'labels.json'), JSON.stringify(labels));
  if (ledger !== undefined) await exportRequests(ledger, path.join(folder, 'requests.jsonl'));
}

/** Line by line, since there may be millions. */
async function exportRequests(ledger: Pick<Ledger, 'page'>, file: string): Promise<void> {
  const out = await open(file, 'wx', privateMode);
  try {
    for (let before: string | undefined; ; ) {
      const records = await ledger.page({ filter: {}, before, limit: requestsAtOnce });
      await out.appendFile(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      before = records.at(-1)?.id;
      if (records.length < requestsAtOnce) return;
    }
  } finally {
    await out.close();
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
