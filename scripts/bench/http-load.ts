// A small HTTP client that costs less than the servers it measures: one socket, one request at a time.
import { once } from 'node:events';
import net from 'node:net';

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface RequestParts {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The bytes of a request, to be sent any number of times. */
export function requestBytes({ method = 'GET', path, headers = {}, body = '' }: RequestParts): Buffer {
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host: 'localhost', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n'));
}

export class Connection {
  readonly #socket: net.Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')));
  }

  static async open(port: number): Promise<Connection> {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  request(bytes: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
    const end = isChunked ? this.#received.indexOf('0\r\n\r\n', headEnd) + 5 : headEnd + 4 + length;
    if (this.#received.length < end || (isChunked && end < 5)) return;
    const body = this.#received.toString('utf8', headEnd + 4, end);
    this.#received = Buffer.alloc(0);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(parse(head, body));
  }
}

function parse(head: string, body: string): Reply {
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(first.slice(9, 12)), headers, body };
}

/** Opens a connection for one request. */
export async function fetchOnce(port: number, bytes: Buffer): Promise<Reply> {
  const connection = await Connection.open(port);
  try {
    return await connection.request(bytes);
  } finally {
    connection.close();
  }
}

export interface LoadOptions {
  readonly port: number;
  readonly bytes: Buffer;
  readonly connections: number;
  /** Ends the load; given the requests answered so far and the milliseconds spent. */
  readonly until: (requests: number, ms: number) => boolean;
}

/** Requests per second with every connection always waiting for an answer. All answers must be 200. */
export async function saturate({ port, bytes, connections, until }: LoadOptions): Promise<number> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const started = performance.now();
  let requests = 0;
  await Promise.all(
    open.map(async (connection) => {
      while (!until(requests, performance.now() - started)) {
        const { status } = await connection.request(bytes);
        if (status !== 200) throw new Error(`answer ${status} instead of 200`);
        requests++;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const connection of open) connection.close();
  return requests / seconds;
}
