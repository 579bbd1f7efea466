// Responses that come compressed. We ask for no compression, but some servers, and those who set `accept-encoding` for a key,
// pack all the same.
import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { UpstreamBody } from './upstream-body.ts';

const decompressors: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', () => zlib.createInflate()],
  ['br', () => zlib.createBrotliDecompress()],
  ['zstd', () => zlib.createZstdDecompress()],
]);

/** The same body without the compression that its `content-encoding` names; as it is when that is none we know. */
export function decompressed(compressed: UpstreamBody, encoding: string): UpstreamBody {
  const decompressor = decompressors.get(encoding.trim().toLowerCase())?.();
  if (decompressor === undefined) return compressed;
  const body = new UpstreamBody({
    pause: () => decompressor.pause(),
    resume: () => decompressor.resume(),
    abort: (reason) => decompressor.destroy(reason),
  });
  decompressor.on('data', (chunk: Buffer) => body.push(chunk));
  pipeline(Readable.from(compressed), decompressor, (error) => {
    body.finish(error ?? undefined);
    compressed.destroy();
  });
  return body;
}
