// What was written into the files of each tool, so that exactly this can be taken out again. Readable by the owner only.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { JsonFile, type UnreadableFile } from '../lib/files/json-file.ts';
import { operationSchema } from './edits/operation.ts';

const state = z.object({
  /** Digest of the text that was written. */
  after: z.string(),
  operations: z.array(operationSchema),
});

const fileReceipt = state.extend({
  /** As named. */
  file: z.string(),
  /** Whether there was a file before. */
  existed: z.boolean(),
  /** Digest of the text before; `''` for no file. */
  before: z.string(),
  /** Those made for it, the outermost first. */
  directories: z.array(z.string()),
  /** What stands in the file in case the new text was not written any more. */
  previous: state.optional(),
});
export type FileReceipt = z.output<typeof fileReceipt>;

const receiptSchema = z.object({
  version: z.literal(1),
  /** RFC 3339. */
  time: z.string(),
  origin: z.string(),
  /** Digest of the client key. */
  key: z.string(),
  models: z.record(z.string(), z.string()),
  files: z.array(fileReceipt),
});
export type Receipt = z.output<typeof receiptSchema>;

/** The receipts in a directory, one file for each tool. */
export class Receipts {
  readonly #directory: string;
  readonly #onUnreadable: ((file: UnreadableFile) => void) | undefined;

  constructor(directory: string, onUnreadable?: (file: UnreadableFile) => void) {
    this.#directory = directory;
    this.#onUnreadable = onUnreadable;
  }

  #path = (id: string): string => path.join(this.#directory, `${id}.json`);

  /** `undefined` where the tool is not set up. */
  async read(id: string): Promise<Receipt | undefined> {
    const parsed = receiptSchema.safeParse(await new JsonFile(this.#path(id), this.#onUnreadable).read());
    return parsed.success ? parsed.data : undefined;
  }

  /** Throws the system error. */
  write(id: string, receipt: Receipt): Promise<void> {
    return new JsonFile(this.#path(id)).write(receipt);
  }

  remove(id: string): void {
    rmSync(this.#path(id), { force: true });
  }
}
