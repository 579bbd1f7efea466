// RFC 9110, section 15.2: a client must be able to take an interim response it has not asked for. undici closes the
// connection at a 100.
import type { Socket } from 'node:net';

const start = Buffer.from('HTTP/1.1 1');
/** Not an interim response to us: the server would speak another protocol from here on. */
const switching = Buffer.from('HTTP/1.1 101');
const end = Buffer.from('\r\n\r\n');
const none = Buffer.alloc(0);
/** A longer head is left to undici, which has a limit of its own. Bytes. */
const maxHeadBytes = 16 * 1024;

const followed = new WeakSet<Socket>();
/** Sockets whose response has not begun, with what has come of an interim one. */
const awaiting = new WeakMap<Socket, Buffer>();

/** Takes interim responses out of what the socket reads before its next response. */
export function skipInterim(socket: Socket): void {
  awaiting.set(socket, none);
  if (followed.has(socket)) return;
  followed.add(socket);
  const { read } = socket;
  socket.read = (size?: number) => {
    for (;;) {
      const bytes: Buffer | null = read.call(socket, size);
      const before = awaiting.get(socket);
      if (bytes === null || before === undefined) return bytes;
      const rest = withoutInterim(before.length === 0 ? bytes : Buffer.concat([before, bytes]));
      if (rest.isComplete) awaiting.delete(socket);
      // What was read lies in memory that is used again.
      else awaiting.set(socket, Buffer.from(rest.bytes));
      if (rest.isComplete) return rest.bytes;
    }
  };
}

/** What follows the interim responses; not complete while that may be a further one. */
function withoutInterim(bytes: Buffer): { readonly bytes: Buffer; readonly isComplete: boolean } {
  let left = bytes;
  for (;;) {
    const isOther = !begin(left, start) || (left.length >= switching.length && begin(left, switching));
    if (isOther || left.length > maxHeadBytes) return { bytes: left, isComplete: true };
    const at = left.indexOf(end);
    if (at < 0) return { bytes: left, isComplete: false };
    left = left.subarray(at + end.length);
  }
}

/** Whether bytes begin like this, as far as they go. */
const begin = (bytes: Buffer, expected: Buffer): boolean =>
  expected.subarray(0, bytes.length).equals(bytes.subarray(0, expected.length));
