// Takes upgrades of clients, keeps count of their sockets, and looks whether they are still there.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import { maxBodyBytes } from '../client/read-body.ts';
import { ClientSocket, type SocketServices } from './client-socket.ts';

export const maxSocketsPerClient = 256;
const pingMs = 30_000;

export class SocketServer {
  readonly #clock: Clock;
  readonly #services: SocketServices;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // On this machine it saves nothing, and costs memory for every socket.
    perMessageDeflate: false,
    maxPayload: maxBodyBytes,
    // A client that pings and reads nothing would fill the memory with answers.
    autoPong: false,
  });
  /** The sockets by client key. */
  readonly #sockets = new Map<string, Set<ClientSocket>>();
  #stopPings: Disposer | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(services: SocketServices) {
    this.#clock = services.clock;
    this.#services = services;
  }

  /** Whether a client has as many sockets as it may. */
  isFull(clientKey: string): boolean {
    return (this.#sockets.get(clientKey)?.size ?? 0) >= maxSocketsPerClient;
  }

  /** `request` is one that `isHandshake`. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer, clientKey: string): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const opened = new ClientSocket(webSocket, request, this.#services);
      const own = this.#sockets.get(clientKey) ?? new Set();
      this.#sockets.set(clientKey, own.add(opened));
      webSocket.once('close', () => {
        own.delete(opened);
        if (own.size === 0) this.#sockets.delete(clientKey);
        if (this.#sockets.size === 0) this.#onEmpty?.();
      });
      this.#stopPings ??= this.#pingAll();
    });
  }

  /** Tells the clients that the program ends; resolves when they are gone, or after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#stopPings?.();
    if (this.#sockets.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
      this.#clock.after(graceMs, resolve);
    });
    for (const socket of this.#all()) socket.shutDown();
    await empty;
  }

  #all(): readonly ClientSocket[] {
    return [...this.#sockets.values()].flatMap((own) => [...own]);
  }

  #pingAll(): Disposer {
    return this.#clock.after(pingMs, () => {
      for (const socket of this.#all()) socket.ping();
      this.#stopPings = this.#sockets.size === 0 ? undefined : this.#pingAll();
    });
  }
}

/** Whether a request is one that `ws` answers with 101. */
export function isHandshake({ method, headers }: IncomingMessage): boolean {
  const { upgrade = '', 'sec-websocket-key': key = '', 'sec-websocket-version': version } = headers;
  return (
    method === 'GET' && upgrade.toLowerCase() === 'websocket' && version === '13' && /^[+/0-9A-Za-z]{22}==$/.test(key)
  );
}
