// How often the garbage collector frees Buffers: often enough to keep memory small, rarely enough to keep throughput.
import v8 from 'node:v8';

/**
 * A proxy's garbage is mostly the bytes that went through it, which lie outside of the heap. V8 lets 128 MB of them
 * gather before it looks (`Heap::AllocateExternalBackingStore`: twice the default semi-space); with this it is 8 MB.
 * What lives longer only a full collection finds. V8 begins one as soon as what is left of its budget is no more than
 * a semi-space, which is every few large bodies; with the triggers it uses the most of the budget first
 * (`npm run bench -- latency`: a body of 5 MB in 5 ms rather than 8).
 * And a small Buffer that is kept for long, such as the body of a request under way, keeps its whole pool.
 * Only for plain Node: Electron freezes the flags of its engine.
 */
export function boundBufferMemory(): void {
  v8.setFlagsFromString('--scavenger-max-new-space-capacity-mb=2');
  v8.setFlagsFromString('--incremental-marking-soft-trigger=70');
  v8.setFlagsFromString('--incremental-marking-hard-trigger=95');
  Buffer.poolSize = 8 * 1024;
}
