// Streams read chunk by chunk over plain sockets, with the times at which they came.
import { once } from 'node:events';
import net from 'node:net';

export interface StreamTimes {
  readonly isWhole: boolean;
  /** Milliseconds to the first byte of the response. */
  readonly first: number;
  readonly total: number;
  /** Milliseconds between chunks. */
  readonly gaps: readonly number[];
}

const end = Buffer.from('data: [DONE]');
const messagesEnd = Buffer.from('message_stop');

/** One stream on one connection. */
export async function readStream(port: number, bytes: Buffer): Promise<StreamTimes> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  try {
    return await readOn(socket, bytes);
  } finally {
    socket.destroy();
  }
}

/** The next stream of a connection that is kept. */
export function readOn(socket: net.Socket, bytes: Buffer): Promise<StreamTimes> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let first = 0;
    let previous = 0;
    let isWhole = false;
    const gaps: number[] = [];
    const finish = () => {
      socket.off('data', take).off('close', finish).off('error', reject);
      resolve({ isWhole, first, total: performance.now() - started, gaps });
    };
    const take = (chunk: Buffer) => {
      const now = performance.now();
      if (first === 0) first = now - started;
      else gaps.push(now - previous);
      previous = now;
      isWhole ||= chunk.includes(end) || chunk.includes(messagesEnd);
      if (isWhole && chunk.subarray(-5).toString('latin1') === '0\r\n\r\n') finish();
    };
    socket.on('data', take).on('close', finish).on('error', reject);
    socket.write(bytes);
  });
}

/** Streams per second on connections that are kept. */
export async function saturateStreams(port: number, bytes: Buffer, connections: number, ms: number): Promise<number> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );
  const started = performance.now();
  let streams = 0;
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() - started < ms) {
        const { isWhole } = await readOn(socket, bytes);
        if (!isWhole) throw new Error('a stream broke off');
        streams++;
      }
    }),
  );
  for (const socket of sockets) socket.destroy();
  return (streams / (performance.now() - started)) * 1_000;
}
