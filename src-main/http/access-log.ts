// Writes the documented log line for each request to the server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogSink } from '../lib/logger.ts';
import { requestKind, requestLevel, requestLine } from '../logs/request-line.ts';
import { noteOf } from '../logs/request-note.ts';
import { clientAddress } from './auth/client-address.ts';

/** Logs `request` once the response is complete, or the client has disconnected. */
export function logRequest(request: IncomingMessage, response: ServerResponse, sink: LogSink): void {
  const start = performance.now();
  // A closed socket has no address.
  const { address } = clientAddress(request);
  response.once('close', () => {
    const status = response.writableFinished ? response.statusCode : 499;
    const what = {
      status,
      client: address,
      method: request.method ?? '',
      target: request.url ?? '',
      note: noteOf(response),
    };
    const message = requestLine({ ...what, at: Date.now(), latency: performance.now() - start });
    const level = requestLevel(status);
    // What repeats is counted of trouble only.
    sink(level, 'server.ts', message, level === 'info' ? undefined : requestKind(what));
  });
}
