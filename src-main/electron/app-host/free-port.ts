// Finds another port when the configured one is taken.
import { createServer } from 'node:net';
import type { AppHost } from './app-host.ts';

const maxTries = 50;

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The next free port above the configured one; undefined when there is none near, or no config. */
export async function freePortFor({ app }: AppHost): Promise<number | undefined> {
  if (app === undefined) return undefined;
  const { port, host } = app.config.current.config;
  return freePortAbove(port, host);
}

async function freePortAbove(taken: number, host: string): Promise<number | undefined> {
  for (let port = taken + 1; port <= Math.min(taken + maxTries, 65_535); port += 1) {
    if (await isFree(host, port)) return port;
  }
  return undefined;
}
