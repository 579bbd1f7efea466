// Processor time, which other programs on a busy machine do not lengthen.

/** Milliseconds that this thread computes until `work` has ended, whatever else it does meanwhile. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
