// Buffers that are used again: what only passes through leaves no garbage behind.

/** Of each buffer: what an upstream is read ahead, and an event that began before. */
const pooledBytes = 32 * 1024;
/** 4 MiB in all. */
const maxFree = 128;
/** Node has a pool of its own for smaller ones. */
const smallBytes = 4 * 1024;

const free: Buffer[] = [];
const acquired = new WeakSet<ArrayBufferLike>();

/** Whether so few bytes are better kept in a buffer of their own. */
export const isSmall = (bytes: number): boolean => bytes < smallBytes;

/** A buffer with any content, for a while or for good: it is `release`d, or left to the garbage collector. */
export function acquirePooled(): Buffer {
  const buffer = free.pop() ?? Buffer.allocUnsafeSlow(pooledBytes);
  acquired.add(buffer.buffer);
  return buffer;
}

/** Whether these bytes lie in a buffer that has been taken. */
export const isPooled = (bytes: Buffer): boolean => acquired.has(bytes.buffer);

/** Nobody looks at these bytes any more. Nothing happens when they do not come from here. */
export function release(bytes: Buffer): void {
  if (!acquired.delete(bytes.buffer)) return;
  if (free.length < maxFree) free.push(Buffer.from(bytes.buffer));
  // Frees the memory at once: a full collection may be a long time off.
  else if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
}

/** The pieces joined, always as a copy, in a pooled buffer if they fill one well. */
export function copyJoined(pieces: readonly Buffer[]): Buffer {
  let size = 0;
  for (const { length } of pieces) size += length;
  if (isSmall(size) || size > pooledBytes) return Buffer.concat(pieces, size);
  const joined = acquirePooled();
  let at = 0;
  for (const piece of pieces) at += piece.copy(joined, at);
  return joined.subarray(0, size);
}
