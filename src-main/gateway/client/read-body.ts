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
export async function readBody(request: IncomingMessage, clock: Clock, maxBytes = maxBodyBytes): Promise<BodyResult> {
  const isAnnouncedTooLarge = Number(request.headers['content-length'] ?? 0) > maxBytes;
  const { body, size } = isAnnouncedTooLarge ? { body: undefined, size: 0 } : await collect(request, maxBytes);
  if (body === undefined) {
    drainBody(request, clock, maxBytes + maxDrainedBytes - size);
    return tooLarge;
  }
  const encoding = request.headers['content-encoding'];
  return encoding === undefined ? { ok: true, body } : decompressed(body, encoding, maxBytes);
}

/** What comes, up to `maxBytes` bytes; without a body when it is more. Rejects when the client leaves first. */
function collect(
  request: IncomingMessage,
  maxBytes: number,
): Promise<{ readonly body?: ChunkedBuffer; readonly size: number }> {
  if (request.destroyed && !request.readableEnded) return Promise.reject(hasLeft());
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let small: Buffer[] = [];
    let size = 0;
    const stop = () => request.off('data', take).off('end', end).off('error', fail).off('close', leave);
    const take = (chunk: Buffer) => {
      if (size + chunk.length > maxBytes) {
        stop().pause();
        return resolve({ size });
      }
      size += chunk.length;
      small.push(chunk);
      if (chunk.length < smallBytes && small.length < maxSmall) return;
      pieces.push(new ChunkedBuffer(small).bytes());
      small = [];
    };
    const end = () => {
      stop();
      resolve({ body: new ChunkedBuffer(pieces.length === 0 ? small : [...pieces, ...small]), size });
    };
    const fail = (error: Error) => {
      stop();
      reject(error);
    };
    const leave = () => fail(hasLeft());
    request.on('data', take).on('end', end).on('error', fail).on('close', leave);
  });
}

const hasLeft = () => new Error('The client left before its request was complete.');

/** How long and how much of a body that nobody needs is read. Milliseconds, bytes. */
export const drainTimeoutMs = 5_000;
export const maxDrainedBytes = 64 * 1024 * 1024;

/** Those that are being drained: the first bound counts. */
const drained = new WeakSet<IncomingMessage>();

/**
 * What is left of a body that was rejected is read and dropped for a while: a client that is still sending would take
 * a connection that closes for the response.
 */
export function drainBody(request: IncomingMessage, clock: Clock, maxBytes = maxDrainedBytes): void {
  if (request.readableEnded || drained.has(request)) return;
  drained.add(request);
  let left = maxBytes;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
  request.once(
    'close',
    clock.after(drainTimeoutMs, () => request.destroy()),
  );
}

async function decompressed(body: ChunkedBuffer, encoding: string, maxBytes: number): Promise<BodyResult> {
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
    return { ok: true, body: new ChunkedBuffer([await decompress(body.bytes(), { maxOutputLength: maxBytes })]) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge;
    return { ok: false, status: 400, message: `The request body is not valid ${name} data.` };
  }
}
