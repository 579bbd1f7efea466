// Keeps the memory small that dead Buffers hold until the garbage collector finds them.
import v8 from 'node:v8';

/**
 * A proxy's garbage is mostly the bytes that went through it, which lie outside of the heap. V8 lets 128 MB of them
 * gather before it looks (`Heap::AllocateExternalBackingStore`: twice the default semi-space); with this it is 8 MB.
 * And a small Buffer that is kept for long, such as the body of a request under way, keeps its whole pool.
 * Only for plain Node: Electron freezes the flags of its engine.
 */
export function boundBufferMemory(): void {
  v8.setFlagsFromString('--scavenger-max-new-space-capacity-mb=2');
  Buffer.poolSize = 8 * 1024;
}
