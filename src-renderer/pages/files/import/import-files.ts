// Saves dropped or chosen files as account files and says of each what came of it; a bad one does not stop the rest.
import { errorText } from '../../../components/error-text.ts';
import { call } from '../../../state/client.ts';
import { createStore } from '../../../state/store.ts';
import { maxFiles, type ReadFile, readFile } from './read-files.ts';

/** `unsupported`: saved, but this program cannot use it. */
export type ImportOutcome = 'refused' | 'unsupported' | 'replaced' | 'added';

export interface ImportedFile {
  readonly name: string;
  readonly what: string;
  readonly outcome: ImportOutcome;
  readonly reason: string;
}

export interface ImportReport {
  readonly files: readonly ImportedFile[];
  /** Files that were not looked at, because there were too many. */
  readonly omitted: number;
  /** How many there are in all; fewer in `files` means that it goes on. */
  readonly total: number;
}

export const importStore = createStore<ImportReport | undefined>(undefined);

/** So many files, and no more bytes than a request may have, are sent at once. */
const filesAtOnce = 100;
const bytesAtOnce = 4_000_000;

type Savable = Extract<ReadFile, { readonly content: string }>;

export async function importFiles(chosen: readonly File[]): Promise<void> {
  const files = chosen.slice(0, maxFiles);
  const report = { omitted: chosen.length - files.length, total: files.length };
  const done: ImportedFile[] = [];
  const tell = (...more: readonly ImportedFile[]) => {
    done.push(...more);
    importStore.set({ ...report, files: [...done] });
  };
  tell();
  const known = await knownNames();
  let batch: Savable[] = [];
  let refused: ImportedFile[] = [];
  let bytes = 0;
  const send = async () => {
    const saved = batch.length > 0 ? await save(batch, known) : [];
    tell(...refused, ...saved);
    batch = [];
    refused = [];
    bytes = 0;
  };
  for (const file of files) {
    const read = await readFile(file);
    if ('reason' in read) {
      refused.push({ ...read, outcome: 'refused' });
      if (refused.length >= filesAtOnce) await send();
      continue;
    }
    // The second of two with one name is another save.
    const isTwice = batch.some(({ name }) => name === read.name);
    if (batch.length >= filesAtOnce || bytes + read.content.length > bytesAtOnce || isTwice) await send();
    batch.push(read);
    bytes += read.content.length;
  }
  await send();
}

/** Nothing is known to be there when it cannot be asked; the saves will say why. */
async function knownNames(): Promise<Set<string>> {
  const list = await call('auth-files.list').catch(() => undefined);
  return new Set(list?.files.map(({ name }) => name));
}

async function save(batch: readonly Savable[], known: Set<string>): Promise<readonly ImportedFile[]> {
  const reasons = new Map<string, string>();
  const unsupported = new Map<string, string>();
  try {
    const result = await call('auth-files.upload', { files: batch.map(({ name, content }) => ({ name, content })) });
    for (const { name, error } of result.failed ?? []) reasons.set(name, error);
    for (const { name, message } of result.unsupported ?? []) unsupported.set(name, message);
  } catch (error) {
    for (const { name } of batch) reasons.set(name, errorText(error));
  }
  return batch.map(({ name, what }) => {
    const refusal = reasons.get(name);
    if (refusal !== undefined) return { name, what, outcome: 'refused', reason: refusal };
    const message = unsupported.get(name);
    const outcome = message !== undefined ? 'unsupported' : known.has(name) ? 'replaced' : 'added';
    known.add(name);
    return { name, what, outcome, reason: message ?? '' };
  });
}
