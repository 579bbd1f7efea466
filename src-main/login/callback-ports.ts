// Listeners on the ports that are registered with the providers, open only while a login waits.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Problem } from '../../src-shared/problem.ts';
import type { Logger } from '../lib/logger.ts';
import { isLoopbackHost } from '../lib/loopback.ts';
import type { Disposer } from '../lib/time/clock.ts';
import { portHolder } from '../net/port-holder.ts';
import { tidy } from '../net/provider-request.ts';
import type { ResultPage } from './result-page.ts';

/** Answers a request for the registered path. */
export type CallbackHandler = (url: URL, acceptLanguage: string) => Promise<ResultPage>;

interface OpenPort {
  users: number;
  readonly servers: Promise<readonly Server[]>;
}

/** Milliseconds a browser gets to send its request. */
const requestLimitMs = 5_000;

export class CallbackPorts {
  readonly #open = new Map<number, OpenPort>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * Has the port open until the disposer is called; several may hold it at once. `localhost` in a browser means
   * 127.0.0.1 or ::1, so both are listened on. Throws Problem `login_failed` when the port cannot be had.
   */
  async hold(port: number, path: string, handle: CallbackHandler): Promise<Disposer> {
    let entry = this.#open.get(port);
    if (entry === undefined) {
      entry = { users: 0, servers: this.#listen(port, path, handle) };
      this.#open.set(port, entry);
    }
    const own = entry;
    own.users += 1;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      own.users -= 1;
      if (own.users > 0) return;
      if (this.#open.get(port) === own) this.#open.delete(port);
      own.servers.then(
        (servers) => servers.forEach(leave),
        () => undefined,
      );
    };
    try {
      await own.servers;
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  async #listen(port: number, path: string, handle: CallbackHandler): Promise<readonly Server[]> {
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(path, handle, request, response).catch((error) => {
        this.#log.error(`answering a login callback failed: ${(error as Error).name}`);
        response.destroy();
      });
    };
    const first = await listen(serve, port, '127.0.0.1').catch(async (error) => {
      throw await unavailable(port, error);
    });
    try {
      return [first, await listen(serve, port, '::1')];
    } catch (error) {
      // No IPv6 here, and no browser will try it. A program that sits there, though, would get the code.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return [first];
      leave(first);
      throw await unavailable(port, error);
    }
  }

  async #serve(path: string, handle: CallbackHandler, request: IncomingMessage, response: ServerResponse) {
    const target = request.url ?? '';
    const url = URL.canParse(target, 'http://localhost') ? new URL(target, 'http://localhost') : undefined;
    if (!isLoopbackHost(request.headers.host ?? '')) return reject(response, 400);
    if (request.method !== 'GET') return reject(response, 405);
    if (url?.pathname !== path) return reject(response, 404);
    const page = await handle(url, request.headers['accept-language'] ?? '');
    response.writeHead(page.status, page.headers).end(page.html);
  }
}

function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
  host: string,
): Promise<Server> {
  const server = createServer({ requestTimeout: requestLimitMs, headersTimeout: requestLimitMs }, serve);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true, ipv6Only: true }, () => resolve(server));
  });
}

/** Stops listening at once; a response under way is still sent. */
function leave(server: Server): void {
  server.close();
  server.closeIdleConnections();
}

function reject(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end();
}

async function unavailable(port: number, error: unknown): Promise<Problem> {
  const { code } = error as NodeJS.ErrnoException;
  const instead = 'or log in without it and paste the address on which the browser ends.';
  if (code === 'EADDRINUSE') {
    const holder = await portHolder(port);
    const who = holder === undefined ? 'another program' : `${tidy(holder.name)} (process ${holder.pid})`;
    const sentence = `Port ${port}, where the provider sends its response, is in use by ${who}. End that program, ${instead}`;
    return new Problem('login_failed', sentence, { cause: error });
  }
  const windows = process.platform === 'win32' && code === 'EACCES';
  const reason = windows
    ? 'lies in a range that Windows keeps for itself (netsh interface ipv4 show excludedportrange protocol=tcp). Free it,'
    : `cannot be opened (${code ?? 'unknown reason'}). Free it,`;
  return new Problem('login_failed', `Port ${port}, where the provider sends its response, ${reason} ${instead}`, {
    cause: error,
  });
}
