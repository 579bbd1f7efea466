// Writes the files of a plan, after what is needed to take it back has been noted.
import type { PlannedFile } from './plan.ts';
import type { FileReceipt } from './receipts.ts';
import { digestOf, missingDirectories, writeSettings } from './settings-file.ts';

/** What to note of a file before it is written. */
export function fileReceiptOf({ found, text, baseline, operations, receipt }: PlannedFile): FileReceipt {
  const { file } = found;
  const isOlder = receipt !== undefined && found.text !== text;
  return {
    file,
    existed: receipt?.existed ?? found.text !== undefined,
    before: digestOf(baseline),
    after: digestOf(text),
    operations: [...operations],
    directories: receipt?.directories.length ? receipt.directories : [...missingDirectories(file)],
    ...(isOlder && { previous: { after: digestOf(found.text), operations: receipt.operations } }),
  };
}

/**
 * All or none: what was written before one that fails is put back. The files that were written.
 * Throws Problem `agent_file_changed`, `file_write_failed`.
 */
export async function writeAll(files: readonly PlannedFile[]): Promise<string[]> {
  const changed = files.filter(({ found, text }) => found.text !== text);
  const done: PlannedFile[] = [];
  try {
    for (const file of changed) {
      await writeSettings(file.found, file.text);
      done.push(file);
    }
  } catch (error) {
    for (const { found, text } of done) await writeSettings({ ...found, text }, found.text);
    throw error;
  }
  return changed.map(({ found }) => found.file);
}
