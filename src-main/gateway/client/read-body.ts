// The body of a client's request, decompressed and within a limit.
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Clock } from '../../lib/time/clock.ts';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';

/** Pictures and documents travel inside requests. */
export const maxBodyBytes = 64 * 1024 * 1024;

/** A piece costs some hundred bytes beside what it holds: many small ones are joined. */
const [smallBytes, maxSmall] = [4 * 1024, 64];

export type BodyResult =
  | { readonly ok: true; readonly body: ChunkedBuffer }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

const tooLarge: BodyResult = {
  ok: false,
  status: 413,
  message: `The request body is larger than ${maxBodyBytes / 1024 / 1024} MiB.`,
};

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decompressors = new Map<string, Decompress>(
  Object.entries({
    gzip: promisify(zlib.gunzip),
    'x-gzip': promisify(zlib.gunzip),
    deflate: promisify(zlib.inflate),
    br: promisify(zlib.brotliDecompress),
    zstd: promisify(zlib.zstdDecompress),
  }),
);

/**
 * Rejects when the client leaves before its body is complete. What is left of a body that is too large is drained, as
 * far whether its length was told, and nothing of it read before, or not.
 */
export async function readBody(request: IncomingMessage, clock: Clock, most = maxBodyBytes): Promise<BodyResult> {
  const pieces: Buffer[] = [];
  let small: Buffer[] = [];
  let size = 0;
  let isTooLarge = Number(request.headers['content-length'] ?? 0) > most;
  if (!isTooLarge) {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      isTooLarge = size + chunk.length > most;
      if (isTooLarge) break;
      size += chunk.length;
      small.push(chunk);
      if (chunk.length < smallBytes && small.length < maxSmall) continue;
      pieces.push(new ChunkedBuffer(small).bytes());
      small = [];
    }
  }
  if (isTooLarge) {
    drainBody(request, clock, most + maxDrainedBytes - size);
    return tooLarge;
  }
  return decompressed(
    new ChunkedBuffer([...pieces, ...small]),
    request.headers['content-encoding'] ?? 'identity',
    most,
  );
}

/** How long and how much of a body that nobody needs is read. Milliseconds, bytes. */
export const drainTimeoutMs = 5_000;
export const maxDrainedBytes = 64 * 1024 * 1024;

/**
 * What is left of a body that was rejected is read and dropped for a while: a client that is still sending would take
 * a connection that closes for the response.
 */
export function drainBody(request: IncomingMessage, clock: Clock, maxBytes = maxDrainedBytes): void {
  if (request.readableEnded) return;
  let left = maxBytes;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.once(
    'close',
    clock.after(drainTimeoutMs, () => request.destroy()),
  );
}

async function decompressed(body: ChunkedBuffer, encoding: string, most: number): Promise<BodyResult> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return { ok: true, body };
  const decompress = decompressors.get(name);
  if (decompress === undefined) {
    return {
      ok: false,
      status: 415,
      message: `Request bodies in the encoding ${JSON.stringify(name)} cannot be read.`,
    };
  }
  try {
    return { ok: true, body: new ChunkedBuffer([await decompress(body.bytes(), { maxOutputLength: most })]) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge;
    return { ok: false, status: 400, message: `The request body is not valid ${name} data.` };
  }
}
