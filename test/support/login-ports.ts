// The ports that the providers have registered for their callbacks exist once on a machine: their tests take turns.
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { signInProviders } from '../../src-shared/providers.ts';

/** Whoever listens here may use the login ports. A process that dies gives it back. */
const lockPort = 11_450;
const loginPorts = signInProviders.flatMap(({ signIn }) => signIn.callbackPort ?? []);
const queueMs = 1_200_000;

/** Waits before the tests of a file until no other process tests logins, and keeps them out until the file ends. */
export function holdLoginPorts(): void {
  let lock: Server | undefined;
  beforeAll(async () => {
    lock = await listenWhenFree(lockPort);
    // Someone who knows nothing of the lock, such as the app itself, may hold one.
    for (const port of loginPorts) await close(await listenWhenFree(port));
  }, queueMs);
  afterAll(() => lock && close(lock));
}

async function listenWhenFree(port: number): Promise<Server> {
  for (;;) {
    const server = await listen(port);
    if (server !== undefined) return server;
    await delay(100);
  }
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
