// Answers that come packed. We ask for no packing, but some servers, and those who set `accept-encoding` for a key,
// pack all the same.
import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { UpstreamBody } from './upstream-body.ts';

const unpackers: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', () => zlib.createInflate()],
  ['br', () => zlib.createBrotliDecompress()],
  ['zstd', () => zlib.createZstdDecompress()],
]);

/** The same body without the packing that its `content-encoding` names; as it is when that is none we know. */
export function unpacked(packed: UpstreamBody, encoding: string): UpstreamBody {
  const unpacker = unpackers.get(encoding.trim().toLowerCase())?.();
  if (unpacker === undefined) return packed;
  const body = new UpstreamBody({
    pause: () => unpacker.pause(),
    resume: () => unpacker.resume(),
    abort: (reason) => unpacker.destroy(reason),
  });
  unpacker.on('data', (chunk: Buffer) => body.push(chunk));
  pipeline(Readable.from(packed), unpacker, (error) => {
    body.finish(error ?? undefined);
    packed.cut();
  });
  return body;
}
