// Leaves HTTP for another protocol on a connection to a server.
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';

/** A refusal is not longer; what is behind that is of no interest. Bytes. */
const maxRefusalBytes = 64 * 1024;

/** The connection, or the response of a server that did not change over. */
export type Upgraded =
  | { readonly socket: Duplex; readonly headers: IncomingHttpHeaders }
  | { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

interface UpgradeOptions {
  readonly origin: string;
  readonly path: string;
  readonly protocol: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export function upgradeOn(
  dispatcher: Dispatcher,
  { origin, path, protocol, headers, signal }: UpgradeOptions,
): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    let abort: ((reason: Error) => void) | undefined;
    let refusal: { readonly status: number; readonly headers: IncomingHttpHeaders } | undefined;
    const pieces: Buffer[] = [];
    let left = maxRefusalBytes;
    const onAbort = () => {
      reject(signal.reason);
      abort?.(signal.reason);
    };
    const finish = (done: () => void) => {
      signal.removeEventListener('abort', onAbort);
      done();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const options = { origin, path, method: 'GET', headers, upgrade: protocol, headersTimeout: 0, bodyTimeout: 0 };
    dispatcher.dispatch(options as Dispatcher.DispatchOptions, {
      onRequestStart: (controller) => {
        abort = (reason) => controller.abort(reason);
        if (signal.aborted) abort(signal.reason);
      },
      onRequestUpgrade: (_, __, answered, socket) =>
        finish(() => {
          if (signal.aborted) socket.destroy();
          else resolve({ socket, headers: answered });
        }),
      onResponseStart: (_, status, answered) => {
        if (status >= 200) refusal = { status, headers: answered };
      },
      onResponseData: (_, chunk) => {
        const kept = chunk.subarray(0, left);
        left -= kept.length;
        if (kept.length > 0) pieces.push(Buffer.from(kept));
      },
      onResponseEnd: () =>
        finish(() => {
          if (refusal === undefined) reject(new Error('The server sent no response.'));
          else resolve({ ...refusal, body: Buffer.concat(pieces) });
        }),
      onResponseError: (_, error) => finish(() => reject(error)),
    });
  });
}
