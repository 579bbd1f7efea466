// Requests in the history of a test's server, and an upstream that clients' requests reach.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createLogger } from '../../../src-main/lib/logger.ts';
import { systemClock } from '../../../src-main/lib/time/clock.ts';
import type { StoredRequest } from '../../../src-main/storage/ledger.ts';
import { databaseFile, SqliteStorage } from '../../../src-main/storage/sqlite-storage.ts';
import type { TestServer } from './server.ts';

/** Adds finished requests as another program on the same config would. */
export async function addRequests(
  { configFile, folder }: TestServer,
  requests: readonly StoredRequest[],
): Promise<void> {
  const file = databaseFile(configFile, path.join(folder, 'xdg/cli-proxy-desktop'));
  const storage = new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'test') });
  await storage.ledger.add(requests);
  await storage.close();
}

export interface TestUpstream {
  /** For the config. */
  readonly baseUrl: string;
  /** Lets every request that is held go on. */
  readonly release: () => void;
  readonly stop: () => Promise<void>;
}

/** Speaks chat completions. The model `slow` is held until it is released, `broken` is refused with 401. */
export async function startUpstream(): Promise<TestUpstream> {
  const held = new Set<ServerResponse>();
  const respond = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: 'c1',
        object: 'chat.completion',
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      }),
    );
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (body.includes('"slow"')) held.add(response);
      else if (body.includes('"broken"')) {
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"invalid api key"}}');
      } else respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    release: () => {
      for (const response of held) respond(response);
      held.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A client's chat request; resolves with the status. */
export async function ask({ address }: TestServer, model: string, key: string): Promise<number> {
  const response = await fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  });
  await response.text();
  return response.status;
}
