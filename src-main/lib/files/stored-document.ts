// A small JSON document that the program keeps, whatever keeps it.
import { JsonFile, type UnreadableFile } from './json-file.ts';

export interface StoredDocument {
  /** As last written; `undefined` when there is none. */
  read(): Promise<unknown>;
  /** Changes what stands there at the moment of the write, and gives what was written. Rejects like the store. */
  update(change: (present: unknown) => unknown): Promise<unknown>;
  /** Called when another instance has written it. Files of one program have no others. */
  watch(listener: (document: unknown) => void): void;
}

/** Opens documents by name. */
export type OpenDocument = (name: string) => StoredDocument;

/** In a file of this program alone, whose content it therefore knows. */
export function fileDocument(file: string, onUnreadable?: (file: UnreadableFile) => void): StoredDocument {
  const json = new JsonFile(file, onUnreadable);
  let present: unknown;
  return {
    read: async () => {
      present = await json.read();
      return present;
    },
    update: async (change) => {
      const next = change(present);
      await json.write(next);
      present = next;
      return next;
    },
    watch: () => {},
  };
}
