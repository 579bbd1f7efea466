// A form that is needed as a whole, within a bound.
import { MultipartScanner, type PartHead } from './multipart-scanner.ts';
import { boundaryOf } from './part-head.ts';
import type { Upload } from './upload.ts';
import { UploadError } from './upload-error.ts';

export interface FormPart extends PartHead {
  readonly bytes: Buffer;
}

/** All parts of a form. Rejects with `UploadError`; 413 when the parts together are larger than `maxBytes`. */
export async function readForm(upload: Upload, maxBytes: number, keeps: boolean): Promise<readonly FormPart[]> {
  const parts: FormPart[] = [];
  let head: PartHead | undefined;
  let pieces: Buffer[] = [];
  let size = 0;
  const scanner = new MultipartScanner(boundaryOf(upload.contentType) ?? '', {
    onPart: (next) => {
      head = next;
      pieces = [];
    },
    onBytes: (bytes) => {
      size += bytes.length;
      if (size > maxBytes) {
        const message = `What the form holds is larger than ${maxBytes / 1024 / 1024} MiB, the most for this model.`;
        throw new UploadError(413, message);
      }
      pieces.push(Buffer.from(bytes));
    },
    onPartEnd: () => {
      if (head !== undefined) parts.push({ ...head, bytes: Buffer.concat(pieces) });
    },
  });
  for await (const chunk of upload.stream(undefined, keeps)) scanner.push(chunk);
  return parts;
}
