// All sockets read into one buffer. Node would allocate 64 kB for each read, most of it for nothing; whoever keeps
// bytes copies them into what fits.
import type { Socket } from 'node:net';

/** A TLS record holds no more. */
const readBytes = 16 * 1024;

const shared = Buffer.allocUnsafeSlow(readBytes);
/** What has just been read, until its reader has taken it. */
const unread = new WeakMap<Socket, Buffer>();

/**
 * Goes among the options with which a socket connects (`onread` of `net.connect` and `tls.connect`). Its reader gets
 * bytes from `read()` while 'readable' is emitted; they are valid until that returns. What it leaves, or puts back with
 * `unshift`, waits in the socket as always.
 */
export const sharedRead = {
  buffer: shared,
  /** Node calls it as a method of the socket. False stops reading until `read()` is called. */
  callback(this: unknown, count: number): boolean {
    const socket = this as Socket;
    const bytes = shared.subarray(0, count);
    if (socket.readableLength === 0) {
      unread.set(socket, bytes);
      socket.emit('readable');
      if (!unread.delete(socket)) return socket.readableLength === 0;
    }
    socket.push(Buffer.from(bytes));
    return false;
  },
};

/** Makes a socket that connects with `sharedRead` give out what was read. */
export function readShared(socket: Socket): void {
  const { read, unshift } = socket;
  socket.read = (size?: number) => {
    const bytes = unread.get(socket);
    if (bytes === undefined) return read.call(socket, size);
    unread.delete(socket);
    return bytes;
  };
  socket.unshift = (chunk: Buffer) => unshift.call(socket, Buffer.from(chunk));
}
