// One address the server listens on, with its connections.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isLoopbackAddress } from '../../lib/loopback.ts';

const limits = {
  /** Milliseconds until the head of a request must be complete, and until all of it must be. */
  headersTimeout: 30_000,
  requestTimeout: 120_000,
  /** Longer than clients and proxies keep a connection, so that it is they who close it. */
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 32 * 1024,
  noDelay: true,
  /** What waits in memory for a client that does not read. Bytes. */
  highWaterMark: 16 * 1024,
};
const maxConnections = 1024;

export class Endpoint {
  readonly host: string;
  /** Whether only this machine can connect. */
  readonly isLoopback: boolean;
  readonly #server: Server;
  readonly #onError: (error: Error) => void;
  /** Open connections, with the number of answers each still owes. */
  readonly #sockets = new Map<Socket, number>();
  #retired = false;
  readonly #empty = Promise.withResolvers<void>();

  /** `onError` receives what goes wrong while listening, such as running out of file descriptors. */
  constructor(host: string, handler: RequestListener, onError: (error: Error) => void) {
    this.host = host;
    this.isLoopback = isLoopbackAddress(host);
    this.#onError = onError;
    this.#server = createServer(limits, (request, response) => {
      const { socket } = request;
      if (this.#retired) response.shouldKeepAlive = false;
      this.#sockets.set(socket, (this.#sockets.get(socket) ?? 0) + 1);
      response.once('close', () => {
        const owed = this.#sockets.get(socket);
        if (owed === undefined) return;
        this.#sockets.set(socket, owed - 1);
        if (this.#retired && owed === 1) socket.end();
      });
      handler(request, response);
    });
    this.#server.maxConnections = maxConnections;
    this.#server.on('connection', (socket) => {
      this.#sockets.set(socket, 0);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        this.#noteWhetherEmpty();
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Rejects with Node's error when the address cannot be had. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: this.host, port }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', this.#onError);
        resolve();
      });
    });
  }

  /** Frees the address at once; idle connections go with it, the others when their answer is complete. */
  retire(): void {
    this.#retired = true;
    this.#server.close();
    for (const [socket, owed] of this.#sockets) if (owed === 0) socket.destroy();
    this.#noteWhetherEmpty();
  }

  /** Resolves when the last connection of a retired endpoint is gone. */
  emptied(): Promise<void> {
    return this.#empty.promise;
  }

  destroyConnections(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #noteWhetherEmpty(): void {
    if (this.#retired && this.#sockets.size === 0) this.#empty.resolve();
  }
}
