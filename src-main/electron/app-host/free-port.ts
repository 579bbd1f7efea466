// Finds another port when the configured one is taken.
import { createServer } from 'node:net';

const triesAbove = 50;

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The next port above `taken` that nobody uses on `host`; undefined when there is none near. */
export async function freePortAbove(taken: number, host: string): Promise<number | undefined> {
  for (let port = taken + 1; port <= Math.min(taken + triesAbove, 65_535); port += 1) {
    if (await isFree(host, port)) return port;
  }
  return undefined;
}
