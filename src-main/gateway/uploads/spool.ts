// Bytes that may be needed again: the first in memory, the others in a file that nobody else can open.
import { type FileHandle, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';

const maxMemoryBytes = 256 * 1024;
const readBytes = 64 * 1024;
/** Windows removes a file that was opened so when it is closed: `_O_TEMPORARY` of its C library. */
const temporaryFlag = 0x40;

export class Spool {
  #memory: Buffer[] = [];
  #memoryBytes = 0;
  #fileBytes = 0;
  #file: Promise<FileHandle> | undefined;

  get size(): number {
    return this.#memoryBytes + this.#fileBytes;
  }

  /** The bytes are copied or written before it resolves. Rejects when the disk takes no more. */
  async append(bytes: Buffer): Promise<void> {
    if (this.#fileBytes === 0 && this.#memoryBytes + bytes.length <= maxMemoryBytes) {
      this.#memory.push(Buffer.from(bytes));
      this.#memoryBytes += bytes.length;
      return;
    }
    this.#file ??= openHidden();
    const file = await this.#file;
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, at, bytes.length - at, this.#fileBytes);
      at += bytesWritten;
      this.#fileBytes += bytesWritten;
    }
  }

  /** Some bytes from `position` on, which is less than `size`. */
  async read(position: number): Promise<Buffer> {
    if (position < this.#memoryBytes) {
      const memory = new ChunkedBuffer(this.#memory);
      return memory.bytes(position, Math.min(position + readBytes, this.#memoryBytes));
    }
    const file = await this.#file;
    const buffer = Buffer.allocUnsafe(Math.min(readBytes, this.size - position));
    const { bytesRead = 0 } = (await file?.read(buffer, 0, buffer.length, position - this.#memoryBytes)) ?? {};
    if (bytesRead === 0) throw new Error('the spool file is shorter than what was written');
    return buffer.subarray(0, bytesRead);
  }

  async dispose(): Promise<void> {
    this.#memory = [];
    const file = await this.#file?.catch(() => undefined);
    this.#file = undefined;
    await file?.close();
  }
}

/** A file without a name: it is gone with the handle, also after a kill. */
async function openHidden(): Promise<FileHandle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cli-proxy-upload-'));
  const file = path.join(folder, 'body');
  if (process.platform === 'win32') {
    const { O_RDWR, O_CREAT, O_EXCL } = (await import('node:fs')).constants;
    return open(file, O_RDWR | O_CREAT | O_EXCL | temporaryFlag, 0o600);
  }
  const handle = await open(file, 'wx+', 0o600);
  await rm(file, { force: true });
  await rmdir(folder);
  return handle;
}
