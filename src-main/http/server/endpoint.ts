// One address that the server listens on, with its connections.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsPair } from '../../config/tls/tls-pair.ts';
import { isLoopbackAddress } from '../../lib/loopback.ts';
import { SlowBodies } from './slow-bodies.ts';

const limits = {
  /** Milliseconds until the head of a request must be complete, and until all of it must be: uploads may be slow. */
  headersTimeout: 30_000,
  requestTimeout: 2 * 3_600_000,
  /** Longer than clients and proxies keep a connection, so that they are the ones to close it. */
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 32 * 1024,
  noDelay: true,
  /** How much is buffered for a client that does not read. Bytes. */
  highWaterMark: 16 * 1024,
};
const maxConnections = 1024;

/** Requests that leave HTTP for another protocol. Those that are not accepted are requests like all others. */
export interface Upgrades {
  readonly accepts: (request: IncomingMessage) => boolean;
  /** `head`: what the client has sent behind its request. */
  readonly handle: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface EndpointOptions {
  readonly handler: RequestListener;
  readonly upgrades?: Upgrades | undefined;
  /** Receives what goes wrong while listening, such as running out of file descriptors. */
  readonly onError: (error: Error) => void;
}

export class Endpoint {
  readonly host: string;
  /** Whether only this machine can connect. */
  readonly isLoopback: boolean;
  readonly #server: Server | TlsServer;
  readonly #onError: (error: Error) => void;
  /** Open connections, with the number of pending responses of each. */
  readonly #sockets = new Map<Socket, number>();
  /** Connections whose TLS handshake is not over, by the address of the peer. */
  readonly #handshakes = new Map<string, Socket>();
  readonly #slowBodies = new SlowBodies();
  #retired = false;
  readonly #empty = Promise.withResolvers<void>();

  #tls: TlsPair | undefined;

  /**
   * @param host `''`: every address of this machine.
   * @param tls serves HTTPS and nothing else; HTTP without it.
   */
  constructor(host: string, tls: TlsPair | undefined, { handler, upgrades, onError }: EndpointOptions) {
    this.host = host;
    this.#tls = tls;
    this.isLoopback = isLoopbackAddress(host);
    this.#onError = onError;
    const listener: RequestListener = (request, response) => {
      const { socket } = request;
      this.#slowBodies.watch(request);
      if (this.#retired) response.shouldKeepAlive = false;
      this.#sockets.set(socket, (this.#sockets.get(socket) ?? 0) + 1);
      response.once('close', () => {
        const pending = this.#sockets.get(socket);
        if (pending === undefined) return;
        this.#sockets.set(socket, pending - 1);
        if (this.#retired && pending === 1) socket.end();
      });
      handler(request, response);
    };
    const options = { ...limits, shouldUpgradeCallback: upgrades?.accepts ?? (() => false) };
    this.#server =
      tls === undefined ? createServer(options, listener) : createTlsServer({ ...options, ...tls }, listener);
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // It counts as a response under way until it closes.
      this.#sockets.set(request.socket, 1);
      upgrades?.handle(request, socket, head);
    });
    this.#server.maxConnections = maxConnections;
    this.#server.on('connection', (socket: Socket) => (this.isTls ? this.#awaitHandshake(socket) : this.#add(socket)));
    this.#server.on('secureConnection', (socket: Socket) => {
      this.#handshakes.delete(peerOf(socket));
      this.#add(socket);
    });
  }

  get isTls(): boolean {
    return this.#tls !== undefined;
  }

  get tls(): TlsPair | undefined {
    return this.#tls;
  }

  /** Uses another certificate from the next handshake on. */
  renew(tls: TlsPair): void {
    this.#tls = tls;
    if ('setSecureContext' in this.#server) this.#server.setSecureContext(tls);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Rejects with Node's error when the address is not available. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ ...(this.host !== '' && { host: this.host }), port }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', this.#onError);
        resolve();
      });
    });
  }

  /** Frees the address at once and closes idle connections; the others close when their response is complete. */
  retire(): void {
    this.#retired = true;
    this.#server.close();
    for (const socket of this.#handshakes.values()) socket.destroy();
    for (const [socket, pending] of this.#sockets) if (pending === 0) socket.destroy();
    this.#resolveWhenEmpty();
  }

  /** Resolves when the last connection of a retired endpoint has closed. */
  emptied(): Promise<void> {
    return this.#empty.promise;
  }

  destroyConnections(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #awaitHandshake(socket: Socket): void {
    const peer = peerOf(socket);
    this.#handshakes.set(peer, socket);
    socket.once('close', () => this.#handshakes.delete(peer));
  }

  #add(socket: Socket): void {
    this.#sockets.set(socket, 0);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#resolveWhenEmpty();
    });
  }

  #resolveWhenEmpty(): void {
    if (this.#retired && this.#sockets.size === 0) this.#empty.resolve();
  }
}

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
